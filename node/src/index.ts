// The public names of the package.
export type { Time } from './arguments'
export type { JournalOptions, MapContext, MapOptions, MapProgress, MapResult } from './bulk'
export { Client, type Responses, type WithResponse } from './client'
export type { Query, RequestContent } from './core'
export {
  AmbiguousOutcomeError,
  AuthenticationError,
  BadRequestError,
  CancelledError,
  type CheckWith,
  ConfigurationError,
  ConflictError,
  ConnectionError,
  DecodeError,
  type ErrorDetails,
  type ErrorKind,
  errorClasses,
  FileError,
  HundredmsError,
  InvalidRequestError,
  JobFailedError,
  NotFoundError,
  PermissionDeniedError,
  type Phase,
  RateLimitedError,
  SandboxError,
  ServerError,
  TimeoutError,
} from './errors'
export type { LinkOptions, Links } from './links'
export type { ArrowTable, ExportOptions, List, Pages, TableOptions } from './list'
export type { Hooks, RequestView, ResponseView, RetryView } from './observe'
export type { OperationName } from './operations'
export type { CallOptions, ClientOptions, JobOptions } from './options'
export type { ApiResponse, RawResponse } from './raw-response'
export type { Resource } from './resource'
export * from './resources'
export * from './sandbox'
export { type SessionWindow, sessionWindows } from './session-windows'
export type { Described, StoredSecret, TemplateDescription } from './template-description'
export type { ChangedTemplate, ChangeTemplate, TemplateEditing } from './template-editing'
export type { AuthTokenOptions, Claims, ManagementTokenOptions, Tokens } from './tokens'
export * as transcripts from './transcripts'
export * as webhooks from './webhooks'
