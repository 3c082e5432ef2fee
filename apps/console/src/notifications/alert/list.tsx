export function AlertListPage() {
  return null
}
