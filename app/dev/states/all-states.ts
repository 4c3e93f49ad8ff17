import { filterBarStates } from '@/components/browse/filters/filter-bar.states';
import { keyFormStates } from '@/components/browse/key/key-form.states';
import { nodeAgreementStates } from '@/components/cluster/agreement/agreement.states';
import { approvalStates } from '@/components/cluster/approvals/approvals.states';
import { auditStates } from '@/components/cluster/audit/audit-list.states';
import { eventStates } from '@/components/cluster/events/event-list.states';
import { riskStates } from '@/components/cluster/risk-lines.states';
import { agreementStates } from '@/components/cluster/schema-agreement.states';
import { verdictStates } from '@/components/cluster/verdict/verdict.states';
import { welcomeStates } from '@/components/cluster/welcome.states';
import { connectFormStates } from '@/components/connect/connect-form.states';
import { testPanelStates } from '@/components/connect/test-panel.states';
import { cellEditorStates } from '@/components/edit/cell/cell-editor.states';
import { cellPanelStates } from '@/components/edit/cell/cell-panel.states';
import { valueFormStates } from '@/components/edit/cell/value-form.states';
import { deleteManyStates } from '@/components/edit/delete/delete-many-dialog.states';
import { editBarStates } from '@/components/edit/grid/edit-bar.states';
import { newRowsStates } from '@/components/edit/grid/new-rows.states';
import { rowDialogStates } from '@/components/edit/grid/row-dialogs.states';
import { manyPlanStates } from '@/components/edit/many/many-plan.states';
import { reviewStates } from '@/components/edit/review/review-sheet.states';
import { scheduleStates } from '@/components/exports/schedules/schedule-item.states';
import { transferStates } from '@/components/exports/transfers/transfer-item.states';
import { gridStates } from '@/components/grid/grid.states';
import { liveStates } from '@/components/live-plots/live-plots.states';
import { loadStates } from '@/components/load/load.states';
import { movePlanStates } from '@/components/move/move-plan.states';
import { nodeSectionStates } from '@/components/operate/nodes/node-section.states';
import { tablesStates } from '@/components/operate/tables/tables.states';
import { historyStates } from '@/components/query/history/history-view.states';
import { eachProgressStates } from '@/components/query/parameters/each-progress.states';
import { parameterFieldsStates } from '@/components/query/parameters/parameter-fields.states';
import { replicaStates } from '@/components/query/replicas/replica-results.states';
import { confirmStates } from '@/components/query/run/confirm-dialog.states';
import { costStates } from '@/components/query/run/cost-line.states';
import { errorCardStates } from '@/components/query/run/error-card.states';
import { firstStepsStates } from '@/components/query/run/first-steps.states';
import { lastRunsStates } from '@/components/query/run/last-runs.states';
import { stepResultStates } from '@/components/query/run/step-result.states';
import { savedDialogStates } from '@/components/query/saved/saved-dialogs.states';
import { savedStates } from '@/components/query/saved/saved-view.states';
import { scriptStates } from '@/components/query/script/script.states';
import { traceStates } from '@/components/query/trace/trace-view.states';
import { chartStates } from '@/components/results/chart/chart-view.states';
import { compareStates } from '@/components/results/compare/compare-view.states';
import { fetchBarStates } from '@/components/results/fetch-bar/fetch-bar.states';
import { inspectorStates } from '@/components/results/inspector/inspector.states';
import { localBarStates } from '@/components/results/local/local-bar.states';
import { summaryStates } from '@/components/results/local/summary-panel.states';
import { recordStates } from '@/components/results/record/record-view.states';
import { resultEndStates } from '@/components/results/rows/result-ends.states';
import { rolesStates } from '@/components/roles/roles.states';
import { keysStates } from '@/components/shell/keys/keys-sheet.states';
import { peopleStates } from '@/components/shell/person/people.states';
import { rightsStates } from '@/components/shell/person/rights-table.states';
import { tokensStates } from '@/components/shell/person/tokens/tokens.states';
import { connectionStates } from '@/components/shell/strips/connection-strip.states';
import { trayStates } from '@/components/shell/tray/tray-list.states';
import { signInStates } from '@/components/sign-in/sign-in-form.states';
import { placeStates } from '@/components/token-ring/place-facts.states';
import { ringPictureStates } from '@/components/token-ring/ring-picture.states';
import { buttonStates } from '@/components/ui/button.states';
import { dialogStates } from '@/components/ui/dialog.states';
import { emptyStates } from '@/components/ui/empty-state.states';
import { errorStates } from '@/components/ui/error-state.states';
import { fieldStates } from '@/components/ui/field.states';
import { menuStates } from '@/components/ui/menu.states';
import { noticeStates } from '@/components/ui/notice.states';
import { loadingStates } from '@/components/ui/skeleton.states';
import type { SharedPart } from '@/components/ui/states';
import { tipStates } from '@/components/ui/tip.states';
import { toastStates } from '@/components/ui/toast-region.states';

/** Every shared part that has states, as `/dev/states` lists them. A test holds it to the files there are. */
export const SHARED_PARTS: readonly SharedPart[] = [
  gridStates,
  editBarStates,
  newRowsStates,
  rowDialogStates,
  deleteManyStates,
  fetchBarStates,
  localBarStates,
  chartStates,
  summaryStates,
  compareStates,
  resultEndStates,
  inspectorStates,
  recordStates,
  cellEditorStates,
  cellPanelStates,
  valueFormStates,
  filterBarStates,
  keyFormStates,
  transferStates,
  scheduleStates,
  manyPlanStates,
  loadStates,
  movePlanStates,
  connectionStates,
  approvalStates,
  auditStates,
  eventStates,
  liveStates,
  riskStates,
  agreementStates,
  verdictStates,
  nodeAgreementStates,
  tablesStates,
  nodeSectionStates,
  welcomeStates,
  placeStates,
  ringPictureStates,
  trayStates,
  keysStates,
  connectFormStates,
  testPanelStates,
  eachProgressStates,
  parameterFieldsStates,
  confirmStates,
  costStates,
  errorCardStates,
  firstStepsStates,
  stepResultStates,
  lastRunsStates,
  historyStates,
  savedStates,
  savedDialogStates,
  scriptStates,
  dialogStates,
  menuStates,
  fieldStates,
  buttonStates,
  errorStates,
  emptyStates,
  noticeStates,
  tipStates,
  toastStates,
  loadingStates,
  traceStates,
  replicaStates,
  reviewStates,
  rightsStates,
  peopleStates,
  tokensStates,
  rolesStates,
  signInStates,
];
