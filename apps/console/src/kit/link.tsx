/**
 * Links inside the organization: `to` is the path below /o/{orgId}.
 *
 *     <AppLink to={`/products/${id}`}>Tokens</AppLink>
 *     const go = useGo(); go('/products')        go(-1) is the browser's back
 *     const href = useHref(); href('/products')  for components that want an address
 *     <ButtonLink to="/products/create" leftSection={…}>Create product</ButtonLink>
 */
import { Anchor, Button, type ButtonProps } from '@mantine/core'
import { Link, useNavigate, useRouter } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useOrganization } from './organization.ts'

type AppLinkProps = {
  to: string
  children: ReactNode
  className?: string | undefined
  /** As quiet as the text around it until hovered. */
  quiet?: boolean
  onHover?: () => void
  'aria-label'?: string
  'aria-current'?: 'page'
}

export function AppLink({ to, children, className, quiet, onHover, ...rest }: AppLinkProps) {
  const href = useHref()
  return (
    <Anchor
      inherit
      component={Link}
      to={href(to)}
      activeOptions={{ exact: true, includeSearch: false }}
      className={className ?? ''}
      {...(quiet ? { c: 'inherit' } : {})}
      onMouseEnter={onHover}
      {...rest}
    >
      {children}
    </Anchor>
  )
}

type ButtonLinkProps = ButtonProps & { to: string; children: ReactNode }

export function ButtonLink({ to, children, ...props }: ButtonLinkProps) {
  const href = useHref()
  return (
    <Button component={Link} to={href(to)} {...props}>
      {children}
    </Button>
  )
}

export function useHref(): (to: string) => string {
  const { id } = useOrganization()
  return (to) => `/o/${id}${to}`
}

export function useGo(): (
  to: string | -1,
  options?: { replace?: boolean },
) => void | Promise<void> {
  const href = useHref()
  const navigate = useNavigate()
  const router = useRouter()
  return (to, options) => {
    if (to === -1) return router.history.back()
    return navigate({ to: href(to), replace: options?.replace ?? false })
  }
}
