// `TemplateDescription`: what a template should contain, as `templates.diff` and `templates.apply` take it.

import type {
  Destinations,
  RecordingConfig,
  RoleInput,
  TemplatePlugins,
  TemplateSettingsInput,
} from './resources/templates'

/**
 * What a template should contain: a template that was read, or an object as from a file.
 *
 * It is partial: what it does not mention stays as it is, and a list replaces the list. Null removes a role, a destination, a plugin,
 * a recording storage, or an optional part of them. `{ $secret: 'stored' }` keeps a stored value that must not be in a file.
 */
export interface TemplateDescription {
  /** Unique name. `templates.apply` finds the template by it. */
  readonly name?: string | undefined
  /** Roles by role name. Null removes a role. */
  readonly roles?: { readonly [name: string]: Described<RoleInput> | null } | undefined
  /** Settings. */
  readonly settings?: Described<TemplateSettingsInput> | undefined
  /** Streaming and transcription configurations, each kind as a map from destination name to configuration. */
  readonly destinations?: Described<Destinations> | undefined
  /** The list of `templates.getRecordings`. An empty list removes the configuration. */
  readonly recordings?: readonly RecordingConfig[] | StoredSecret | null | undefined
  /** Plugins. */
  readonly plugins?: Described<TemplatePlugins> | null | undefined
}

/** Keeps a stored value that must not be in a file. Refused where nothing is stored. */
export interface StoredSecret {
  readonly $secret: 'stored' | (string & {})
}

/** A value that may be described in part. */
export type Described<T> =
  | StoredSecret
  | (T extends string | number | boolean | readonly unknown[] | null | undefined
      ? T
      : T extends object
        ? { readonly [Name in keyof T]?: Described<T[Name]> | null }
        : T)
