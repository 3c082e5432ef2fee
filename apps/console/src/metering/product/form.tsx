import { type Product, product } from '@countinghouse/contract/metering/product.ts'
import { useAfterSave } from '../../kit/form/after-save.ts'
import { CodeField } from '../../kit/form/code-field.tsx'
import { useContractForm } from '../../kit/form/contract-form.ts'
import { CustomFieldsSection } from '../../kit/form/custom-fields.tsx'
import { EntityForm } from '../../kit/form/entity-form.tsx'
import { Field } from '../../kit/form/field.tsx'
import { FormPage, FormSection } from '../../kit/form/form-page.tsx'

export function ProductFormPage() {
  return (
    <EntityForm resource={product}>
      {(entity?: Product) => <ProductForm entity={entity} />}
    </EntityForm>
  )
}

function ProductForm({ entity }: { entity: Product | undefined }) {
  const form = useContractForm<Product, Product>({
    resource: product,
    entity,
    defaults: { name: '', code: '' },
    onSaved: useAfterSave((saved) => `/products/${saved.id}`),
  })
  const verb = entity ? 'Update' : 'Create'
  return (
    <FormPage
      form={form}
      trail={[
        { title: 'Products', to: '/products' },
        ...(entity ? [{ title: entity.name, to: `/products/${entity.id}` }] : []),
      ]}
      title={entity ? 'Edit product' : 'Create product'}
      submit={`${verb} product`}
      cancel={entity ? `/products/${entity.id}` : '/products'}
    >
      <FormSection>
        <Field name="name" autoFocus />
        <CodeField />
      </FormSection>
      <CustomFieldsSection kind="product" />
    </FormPage>
  )
}
