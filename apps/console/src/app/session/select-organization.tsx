export function SelectOrganizationPage() {
  return null
}
