/** Hands a text to the browser as a file. */
export function saveText(fileName: string, content: string | string[], type: string): void {
  const url = URL.createObjectURL(new Blob([content].flat(), { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = fileName
  link.click()
  URL.revokeObjectURL(url)
}
