import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { failureOf } from '@/lib/cassandra/test-support';
import { byRest, restArguments, unfitMaster } from './by-rest';
import { restServer } from './test-rest-server';

const MASTER = 'spark://m:7077';
const folder = mkdtempSync(join(tmpdir(), 'ringside-rest-'));

const { address: rest, asked, answers, close } = await restServer();

afterEach(() => {
  asked.length = 0;
  for (const verb of Object.keys(answers)) delete answers[verb];
});
afterAll(close);

describe('a submission to a master’s REST server', () => {
  const handle = { by: 'rest', submission: 'driver-1' } as const;

  it('names the master in its own arguments: without it, the driver would run alone', () => {
    const args = restArguments(MASTER, '/shared/job', []);
    expect(args.slice(0, 2)).toEqual(['--master', MASTER]);
    expect(args.slice(-3)).toEqual(['/shared/job/job.py', '--events', '/shared/job/events.ndjson']);
  });

  it('runs spark-submit on a worker once, with copies of the jars that lie beside the script', async () => {
    Object.assign(answers, { create: { success: true, submissionId: 'driver-1' } });
    writeFileSync(join(folder, 'a.jar'), '');
    const directory = mkdtempSync(join(folder, 'job-'));
    expect(await byRest(rest, MASTER).start(directory, [join(folder, 'a.jar')])).toEqual(handle);
    expect(asked).toEqual([
      {
        method: 'POST',
        url: '/v1/submissions/create',
        body: expect.objectContaining({
          action: 'CreateSubmissionRequest',
          mainClass: 'org.apache.spark.deploy.SparkSubmit',
          appArgs: restArguments(MASTER, directory, [join(directory, 'jars', 'a.jar')]),
          sparkProperties: expect.objectContaining({ 'spark.master': MASTER, 'spark.driver.supervise': 'false' }),
        }),
      },
    ]);
    expect(readdirSync(join(directory, 'jars'))).toEqual(['a.jar']);
  });

  it('is not started when the master refuses it', async () => {
    Object.assign(answers, { create: { success: false, message: 'no room' } });
    expect(await failureOf(byRest(rest, MASTER).start(mkdtempSync(join(folder, 'job-')), []))).toMatchObject({
      code: 'spark_failed',
      detail: 'no room',
    });
  });

  it.each([
    ['SUBMITTED', 'running'],
    ['RUNNING', 'running'],
    ['FINISHED', 'ended'],
    ['KILLED', 'ended'],
    ['ERROR', 'ended'],
  ])('%s is %s', async (driverState, life) => {
    Object.assign(answers, { status: { success: true, driverState } });
    expect(await byRest(rest, MASTER).life(handle)).toBe(life);
  });

  it('is neither running nor ended when the master does not know it', async () => {
    Object.assign(answers, { status: { success: false } });
    expect(await byRest(rest, MASTER).life(handle)).toBe('unknown');
    expect(await byRest('http://127.0.0.1:1', MASTER).life(handle)).toBe('unknown');
  });

  it('is killed by its name', async () => {
    Object.assign(answers, { kill: { success: true }, status: { success: true, driverState: 'KILLED' } });
    await byRest(rest, MASTER).end(handle);
    expect(asked.map(({ method, url }) => `${method} ${url}`)).toEqual([
      'POST /v1/submissions/kill/driver-1',
      'GET /v1/submissions/status/driver-1',
    ]);
  });
});

describe('the version of a master', () => {
  it.each([
    ['3.5.9', null],
    ['4.1.4', expect.stringContaining('is Spark 4.1.4.')],
  ])('%s', async (serverSparkVersion, why) => {
    Object.assign(answers, { status: { success: false, serverSparkVersion } });
    expect(await unfitMaster(rest)).toEqual(why);
  });

  it('is not held against one that does not answer', async () => {
    expect(await unfitMaster('http://127.0.0.1:1')).toBeNull();
    expect(await unfitMaster(rest)).toBeNull();
  });
});
