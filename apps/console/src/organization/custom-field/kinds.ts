import { customFieldKinds } from '@countinghouse/contract/organization/custom-fields.ts'

/** `planTemplate` as people read it. Contracts come later; their fields have nothing to apply to yet. */
export const kinds = customFieldKinds
  .filter((kind) => kind !== 'contract')
  .map((kind) => ({
    key: kind,
    title: (kind.charAt(0).toUpperCase() + kind.slice(1))
      .replace(/([A-Z])/g, ' $1')
      .trim()
      .toLowerCase()
      .replace(/^./, (letter) => letter.toUpperCase()),
  }))
