import { PLAIN_LEVELS } from '@/lib/contract/common';
import type { ClusterEdit, EditPlan } from '@/lib/contract/configured';

/** An edit as typed: every field is text or a tick box. A login is `none`, `kept`, `text` or `secret:NAME`. */
export interface EditForm {
  readonly name: string;
  readonly isNew: boolean;
  readonly disabled: boolean;
  readonly label: string;
  readonly colour: string;
  /** Separated by commas, spaces or line breaks. */
  readonly contactPoints: string;
  readonly port: string;
  readonly localDatacenter: string;
  readonly username: string;
  readonly usernameText: string;
  readonly password: string;
  readonly tls: boolean;
  readonly serverName: string;
  readonly verify: boolean;
  readonly consistency: string;
  readonly pageRows: string;
  readonly writes: boolean;
}

/** What stands in the form of a new cluster. */
export const NEW_CLUSTER: ClusterEdit = {
  name: '',
  isNew: true,
  disabled: false,
  contactPoints: [],
  port: 9042,
  username: 'none',
  password: 'none',
  tls: null,
  consistency: 'LOCAL_ONE',
  pageRows: 1000,
  writes: false,
};

export function formOf(edit: ClusterEdit): EditForm {
  const { username, tls } = edit;
  const isText = typeof username === 'object' && 'text' in username;
  return {
    name: edit.name,
    isNew: edit.isNew,
    disabled: edit.disabled,
    label: edit.label ?? '',
    colour: edit.colour ?? '',
    contactPoints: edit.contactPoints.join(', '),
    port: String(edit.port),
    localDatacenter: edit.localDatacenter ?? '',
    username: isText ? 'text' : choiceOf(username),
    usernameText: isText ? username.text : '',
    password: choiceOf(edit.password),
    tls: tls !== null,
    serverName: tls?.serverName ?? '',
    verify: tls?.verify ?? true,
    consistency: edit.consistency,
    pageRows: String(edit.pageRows),
    writes: edit.writes,
  };
}

export type EditErrors = Partial<Record<keyof EditForm, string>>;

/** What each part of the form gets. */
export interface EditPartProps {
  readonly form: EditForm;
  readonly errors: EditErrors;
  readonly onChange: (change: Partial<EditForm>) => void;
}

/** The form as an edit, or its errors by field; what else may be wrong the server says. */
export function editIn(form: EditForm): { readonly edit: ClusterEdit } | { readonly errors: EditErrors } {
  const errors: EditErrors = {};
  const [contactPoints, port, pageRows] = [splitIn(form.contactPoints), Number(form.port), Number(form.pageRows)];
  const consistency = PLAIN_LEVELS.find((level) => level === form.consistency);
  if (form.name.trim() === '') errors.name = 'Enter a name.';
  if (contactPoints.length === 0) errors.contactPoints = 'Enter at least one node: an address or a host name.';
  if (!Number.isInteger(port) || port < 1 || port > 65_535) errors.port = 'Enter a port from 1 to 65535.';
  if (!Number.isInteger(pageRows) || pageRows < 1 || pageRows > 10_000) errors.pageRows = 'Enter 1 to 10,000 rows.';
  if (consistency === undefined) errors.consistency = 'Choose a consistency level.';
  if (form.username === 'text' && form.usernameText.trim() === '') errors.usernameText = 'Enter the user name.';
  if (consistency === undefined || Object.keys(errors).length > 0) return { errors };
  return {
    edit: {
      name: form.name.trim(),
      isNew: form.isNew,
      disabled: form.disabled,
      ...typed('label', form.label),
      ...typed('colour', form.colour),
      contactPoints,
      port,
      ...typed('localDatacenter', form.localDatacenter),
      username: form.username === 'text' ? { text: form.usernameText.trim() } : loginOf(form.username),
      password: loginOf(form.password),
      tls: form.tls ? { ...typed('serverName', form.serverName), verify: form.verify } : null,
      consistency,
      pageRows,
      writes: form.writes,
    },
  };
}

const SECRET = 'secret:';

/** The choice of a secret in a form. */
export function secretChoice(name: string): string {
  return SECRET + name;
}

function choiceOf(login: ClusterEdit['username']): string {
  return typeof login === 'object' && 'secret' in login ? secretChoice(login.secret) : String(login);
}

function loginOf(choice: string): ClusterEdit['password'] {
  if (choice.startsWith(SECRET)) return { secret: choice.slice(SECRET.length) };
  return choice === 'kept' ? 'kept' : 'none';
}

function splitIn(text: string): string[] {
  return text.split(/[\s,;]+/).filter(Boolean);
}

function typed<Name extends string>(name: Name, text: string): { [name in Name]?: string } {
  const value: { [name in Name]?: string } = {};
  if (text.trim() !== '') value[name] = text.trim();
  return value;
}

/** What saving does to people who work with the cluster, in sentences. */
export function effectsOf({ changes }: Pick<EditPlan, 'changes'>): string[] {
  if (changes.length === 0) return ['Nothing that is in use changes.'];
  return changes.flatMap(({ name, what, isNowReadOnly }) => [
    `${name}: ${EFFECTS[what]}`,
    ...(isNowReadOnly ? [`${name}: it becomes read-only, and jobs that need it are paused.`] : []),
  ]);
}

const EFFECTS: Readonly<Record<EditPlan['changes'][number]['what'], string>> = {
  added: 'it is added. Other clusters keep their connections.',
  adjusted: 'its connections stay, and what runs goes on.',
  reconnected:
    'new connections are opened. Requests and exports under way end on the old ones; jobs are paused at a checkpoint and can be resumed.',
  removed:
    'it is no longer there for anybody. Requests and exports under way end on the old connections; its jobs are paused.',
};
