/** The CSV file to fill in for a meter, saved by the browser. */
import { useOrganizationApi } from '../../kit/organization.ts'
import { saveText } from '../../kit/save-text.ts'
import { failedToast } from '../../kit/toast.tsx'

export function useCsvTemplate(meterId: string): () => void {
  const api = useOrganizationApi()
  return () =>
    void api
      .get<{ fileName: string; content: string }>(`/meters/${meterId}/csvtemplate`)
      .then(({ fileName, content }) => saveText(fileName, content, 'text/csv'))
      .catch((cause: unknown) => failedToast(cause))
}
