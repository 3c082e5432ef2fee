/**
 * What nearly every row can have done to it, each closed to who lacks the right (console 3.4).
 *
 *     rowActions={(row) => [editOf(meter, `/metering/meters/${row.id}/edit`), deleteOf(meter, () => void remove(row))]}
 */
import { IconPencil, IconTrash } from '@tabler/icons-react'
import type { MenuEntry } from './list-toolbar.tsx'

type Owned = { permission: string }

export function editOf({ permission }: Owned, to: string): MenuEntry {
  return { label: 'Edit', icon: IconPencil, needs: ['update', permission], to }
}

export function deleteOf({ permission }: Owned, run: () => void): MenuEntry {
  return { label: 'Delete', icon: IconTrash, tone: 'bad', needs: ['delete', permission], run }
}
