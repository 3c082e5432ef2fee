/**
 * Opens a dialog: at once, or as soon as the layer of dialogs has come. Its code comes after the
 * first page, and a click that was quicker must not be lost.
 *
 *     const close = openModal({ title: 'Lock 12 bills?', children: <Question onDone={() => close()} /> })
 */
import { modals } from '@mantine/modals'
import { signal } from './signal.ts'

export const isModalLayerWanted = signal(false)
export const isModalLayerThere = signal(false)

let opened = 0

/** The answer closes it. */
export function openModal(dialog: Parameters<typeof modals.open>[0]): () => void {
  opened += 1
  const modalId = `dialog-${opened}`
  isModalLayerWanted.set(true)
  whenThere(() => modals.open({ ...dialog, modalId }))
  return () => modals.close(modalId)
}

function whenThere(act: () => void): void {
  if (isModalLayerThere.get()) {
    act()
    return
  }
  const stop = isModalLayerThere.watch(() => {
    stop()
    act()
  })
}
