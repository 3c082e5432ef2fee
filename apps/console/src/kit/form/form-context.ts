import { createContext, useContext } from 'react'
import type { ContractForm } from './contract-form.ts'

// biome-ignore lint/suspicious/noExplicitAny: fields reach values by path, whatever their shape
export const FormContext = createContext<ContractForm<any> | null>(null)

// biome-ignore lint/suspicious/noExplicitAny: fields reach values by path, whatever their shape
export function useForm(): ContractForm<any> {
  const form = useContext(FormContext)
  if (!form) throw new Error('A form field stands outside a FormPage or FormBody')
  return form
}
