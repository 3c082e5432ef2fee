import { useLocalStorage } from '@mantine/hooks'

/** Known in this browser: all steps of the organization were done once, or are not to be shown. */
export function useIsSetUp(organizationId: string) {
  return useLocalStorage({
    key: `countinghouse-set-up:${organizationId}`,
    defaultValue: false,
    getInitialValueInEffect: false,
  })
}
