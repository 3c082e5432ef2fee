/**
 * What a section of the Console is: one entry of the top navigation, the pages of its Nav panel,
 * and its routes. One file per section in app/pages/, listed in sections.ts.
 *
 *     export const products: Section = {
 *       name: 'Products', path: '/products',
 *       pages: [{ name: 'Products', path: '/products', icon: IconBox, permission: 'config:product' }],
 *       routes: [
 *         page('/products', () => import('../../metering/product/list.tsx'), 'ProductListPage'),
 *         page('/products/$id', () => import('../../metering/product/detail.tsx'), 'ProductDetailPage'),
 *       ],
 *       entities: [{ title: 'Product', collection: '/products', path: '/products' }],
 *     }
 *
 * Pages read their parameters with `useParams({ strict: false })` (kit/params.ts: `useId()`).
 * Each page is a chunk of its own, loaded on hover. An entry exists only for pages that exist.
 */
import type { IconBox } from '@tabler/icons-react'
import type { Entity } from '../kit/query/resource.ts'

export type PageEntry = {
  name: string
  /** Path below /o/{orgId}. */
  path: string
  icon: typeof IconBox
  /** Hidden from people who may not read this type (console 3.4). */
  permission?: string
}

export type PageRoute = {
  path: string
  load: () => Promise<Record<string, unknown>>
  component: string
  /** Shows only what the first load has the styles of. */
  isFirst?: boolean
}

/** Entities that the command palette finds by name or code. */
export type FindableEntity = {
  title: string
  /** Collection below the organization. */
  collection: string
  /** Call that searches by the start of these fields, where there may be many. */
  search?: { path: string; fields: string[] }
  /** What stands for one; its name and code unless told. */
  label?: (row: Entity) => { title: string; hint?: string; day?: string }
  /** Path of the details pages. */
  path: string
  icon?: typeof IconBox
}

/** Acts that the command palette offers. */
export type PaletteAct = { title: string; path: string }

export type Section = {
  name: string
  path: string
  pages: PageEntry[]
  routes: PageRoute[]
  entities?: FindableEntity[]
  acts?: PaletteAct[]
  /** Reached by the mark or another link, not by the top navigation. */
  hidden?: boolean
}

export function page<Module extends Record<string, unknown>>(
  path: string,
  load: () => Promise<Module>,
  component: keyof Module & string,
): PageRoute {
  return { path, load, component }
}

/** Pages of things that this person may not read are left out (console 3.4). */
export function readablePages(
  section: Section,
  can: (action: string, resource: string) => boolean,
): PageEntry[] {
  return section.pages.filter((each) => !each.permission || can('config:retrieve', each.permission))
}
