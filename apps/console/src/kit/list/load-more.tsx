import { Button } from '@mantine/core'

type LoadMoreProps = { source: { isLoadingMore: boolean; loadMore: () => void } }

/** The way to the next page of what is shown. */
export function LoadMore({ source }: LoadMoreProps) {
  return (
    <Button variant="default" size="xs" loading={source.isLoadingMore} onClick={source.loadMore}>
      Load more
    </Button>
  )
}
