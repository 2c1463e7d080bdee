/**
 * pinsmith as a library: locate references in a text, resolve them, plan edits, write them; or the whole command.
 * Nothing here reads `process`: environment, folders and connections are handed in.
 */
export { discover, type Discovery, type DiscoveredFile, type Found } from './apply/discover.ts'
export { readSource, type SourceFile } from './apply/read.ts'
export { writeAll, type WriteOutcome } from './apply/write.ts'
export { makePlan, type Connect, type PlanFailure, type PlanOptions } from './commands/make-plan.ts'
export type { FindingDetail, NotUnderstood, Undetermined } from './check/finding-detail.ts'
export type { Finding, FindingCode, Fix, Level } from './check/finding.ts'
export { check } from './commands/check.ts'
export type {
  CheckFailure,
  CheckOptions,
  CheckResult,
  FixOutcome,
} from './commands/check/options.ts'
export { readConfig, type ConfigOptions } from './commands/config.ts'
export { graph, type GraphResult } from './commands/graph.ts'
export { patch, type PatchOptions, type PatchResult } from './commands/patch.ts'
export type { PatchFailure, PatchTarget } from './commands/patch/target.ts'
export { pin, type PinFailure, type PinOptions, type PinResult } from './commands/pin.ts'
export { pinText, type PinTextResult } from './commands/pin-text.ts'
export { update, type UpdateOptions, type UpdateResult } from './commands/update.ts'
export { vendorActions, type VendorOptions, type VendorResult } from './commands/vendor.ts'
export { parseActionName, type ActionName } from './domain/action-name.ts'
export { noConfig, type Config, type ConfiguredIgnore } from './config/config.ts'
export type { ConfigFailure, ConfigFault } from './config/fault.ts'
export { parseComment, type Comment } from './domain/comment.ts'
export type { HostFailure, RepositoryFailure, Resolution } from './domain/outcome.ts'
export type { FileProblem, Problem, SiteProblem } from './domain/problem.ts'
export { parseRef, type Ref, type RefName } from './domain/ref.ts'
export { parseReference, type Reference, type RemoteReference } from './domain/reference.ts'
export { parseCommitSha, type CommitSha } from './domain/sha.ts'
export { parseVersion, type Version } from './domain/version.ts'
export { connect, type ConnectOptions } from './github/connection/connect.ts'
export type { Decision, Note, Pin } from './plan/decision.ts'
export type { FilePlan, PlannedSite } from './plan/plan.ts'
export type { FileOutcome, FileResult, RunResult } from './plan/result.ts'
export type { HeldMove, HeldReason, Move } from './check/held-move.ts'
export type {
  DatedTarget,
  LabelledCommit,
  MoveLimit,
  Mover,
  MoverSite,
  MoveTarget,
  StayReason,
} from './remedy/move/move.ts'
export type { CleanRelease, FoundRelease, Prospect } from './remedy/release/clean-release.ts'
export { DEFAULT_COOLDOWN, type Cooldown } from './remedy/cooldown.ts'
export type {
  CopiedRepository,
  CopiesResult,
  FileChange,
  UnusedCopy,
} from './remedy/vendor/copies.ts'
export { formatCheckGithub } from './report/check/github.ts'
export { formatCheckJson } from './report/check/json.ts'
export { formatCheckMarkdown } from './report/check/markdown.ts'
export type { CheckReport } from './report/check/report.ts'
export { formatCheckSarif } from './report/check/sarif.ts'
export { formatCheckSummary } from './report/check/summary.ts'
export { configFaultWords } from './report/config/words.ts'
export { formatDiff } from './report/diff.ts'
export { findingWords } from './report/finding/words.ts'
export { formatFileChanges, type BinaryTools } from './report/file-diff.ts'
export { formatPatchMarkdown } from './report/patch/markdown.ts'
export { formatPinJson } from './report/pin/json.ts'
export { heldJson, movesJson, type HeldJson, type MoveJson } from './report/update/json.ts'
export { problemWords } from './report/problem-words.ts'
export type { GitHub, RefAnswers, RepositoryQuestion, RepositoryRefs } from './resolve/port.ts'
export type { Inquiry } from './resolve/question.ts'
export { resolve, type Answer, type Answers } from './resolve/resolve.ts'
export { applyEdits, type TextEdit } from './yaml/edit.ts'
export { locate, type Located, type LocatedFile, type Site } from './yaml/locate.ts'
