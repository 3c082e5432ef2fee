import { IconBox } from '@tabler/icons-react'
import { page, type Section } from '../section.ts'

export const products: Section = {
  name: 'Products',
  path: '/products',
  pages: [{ name: 'Products', path: '/products', icon: IconBox, permission: 'config:product' }],
  routes: [
    page('/products', () => import('../../metering/product/list.tsx'), 'ProductListPage'),
    page('/products/create', () => import('../../metering/product/form.tsx'), 'ProductFormPage'),
    page('/products/$id', () => import('../../metering/product/detail.tsx'), 'ProductDetailPage'),
    page('/products/$id/edit', () => import('../../metering/product/form.tsx'), 'ProductFormPage'),
  ],
  entities: [{ title: 'Product', collection: '/products', path: '/products', icon: IconBox }],
  acts: [{ title: 'Create product', path: '/products/create' }],
}
