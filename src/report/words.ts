/** The words of a message: what is wrong, why it matters, what to do next. No final full stops. */
export interface Words {
  readonly what: string
  readonly why: string
  readonly next: string
}

/** The words of a run that could not do its work; wrong usage says all in one sentence. */
export type FailureWords =
  | Words
  | { readonly what: string; readonly why: undefined; readonly next: undefined }
