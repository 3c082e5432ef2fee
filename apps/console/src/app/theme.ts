/**
 * The one place where Mantine is dressed: every component default of the Console is set here, so
 * that pages never set sizes, radii or colours. Colours themselves are tokens (tokens.css).
 */
import {
  type CSSVariablesResolver,
  createTheme,
  type InputWrapperProps,
  type MantineColorsTuple,
  type MantineThemeComponent,
} from '@mantine/core'
import classes from './theme.module.css'

const ledger: MantineColorsTuple = [
  '#eef5f0',
  '#dcebe2',
  '#b9d8c7',
  '#92c3aa',
  '#74c69f',
  '#46926f',
  '#2c7658',
  '#1f5f47',
  '#17493a',
  '#10362b',
]
const oxblood: MantineColorsTuple = [
  '#fcefeb',
  '#fae7e2',
  '#f2c4ba',
  '#ee9585',
  '#d96a58',
  '#c04a39',
  '#b0382a',
  '#9e2a1f',
  '#832118',
  '#661811',
]
const ochre: MantineColorsTuple = [
  '#fdf6e3',
  '#faeecf',
  '#f1d998',
  '#e0b45c',
  '#c8933a',
  '#aa7520',
  '#94640f',
  '#7d5200',
  '#664300',
  '#4d3200',
]
const gray: MantineColorsTuple = [
  '#faf8f3',
  '#f3f1ea',
  '#e5e1d6',
  '#d8d2c4',
  '#cfc9ba',
  '#a39d8f',
  '#6f6a5f',
  '#57534a',
  '#38352e',
  '#1d1b17',
]
const dark: MantineColorsTuple = [
  '#e9e6df',
  '#b3b0a7',
  '#98958d',
  '#5a636c',
  '#3e464e',
  '#2a3036',
  '#20252a',
  '#16191c',
  '#111417',
  '#0c0e10',
]

const field: Partial<InputWrapperProps> = {
  size: 'sm',
  inputWrapperOrder: ['label', 'input', 'description', 'error'],
}
const floating = {
  radius: 'md',
  shadow: 'lift',
  transitionProps: { duration: 90, transition: 'pop' },
} as const

export const theme = createTheme({
  colors: { ledger, oxblood, ochre, gray, dark },
  primaryColor: 'ledger',
  primaryShade: { light: 7, dark: 4 },
  autoContrast: true,
  luminanceThreshold: 0.36,
  black: '#1d1b17',
  white: '#ffffff',
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "'JetBrains Mono Variable', ui-monospace, monospace",
  fontSizes: { xs: '12px', sm: '13px', md: '13px', lg: '15px', xl: '20px' },
  lineHeights: { xs: '1.4', sm: '1.5', md: '1.5', lg: '1.45', xl: '1.3' },
  headings: {
    fontWeight: '600',
    sizes: {
      h1: { fontSize: '20px', lineHeight: '1.3' },
      h2: { fontSize: '15px', lineHeight: '1.45' },
      h3: { fontSize: '13px', lineHeight: '1.5' },
    },
  },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '36px' },
  radius: { xs: '2px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'sm',
  shadows: {
    xs: 'none',
    sm: 'none',
    md: 'var(--lift)',
    lg: 'var(--lift)',
    xl: 'var(--lift)',
    lift: 'var(--lift)',
  },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    ActionIcon: dress({
      defaultProps: { variant: 'subtle', color: 'gray', size: 28 },
      classNames: { root: classes.icon ?? '' },
    }),
    Alert: dress({
      defaultProps: { variant: 'light', radius: 'sm' },
      classNames: { root: classes.alert ?? '', title: classes.alertTitle ?? '' },
    }),
    Anchor: dress({
      defaultProps: { underline: 'hover' },
      classNames: { root: classes.anchor ?? '' },
    }),
    Badge: dress({ defaultProps: { variant: 'light', size: 'sm', radius: 'sm' } }),
    Button: dress({
      defaultProps: { size: 'sm', variant: 'filled' },
      classNames: { root: classes.button ?? '', label: classes.buttonLabel ?? '' },
    }),
    CalendarHeader: dress({ defaultProps: { previousLabel: 'Previous', nextLabel: 'Next' } }),
    Checkbox: dress({ defaultProps: { size: 'xs', radius: 'xs' } }),
    DateTimePicker: dress({
      defaultProps: { submitButtonProps: { 'aria-label': 'Take this time' } },
    }),
    Drawer: dress({ defaultProps: { padding: 'md', overlayProps: { backgroundOpacity: 0.3 } } }),
    Input: dress({ defaultProps: { size: 'sm' }, classNames: { input: classes.input ?? '' } }),
    InputWrapper: dress({
      defaultProps: field,
      classNames: {
        label: classes.label ?? '',
        error: classes.error ?? '',
        description: classes.description ?? '',
      },
    }),
    Menu: dress({
      defaultProps: { ...floating, position: 'bottom-end', offset: 4 },
      classNames: {
        dropdown: classes.dropdown ?? '',
        item: classes.menuItem ?? '',
        label: classes.menuLabel ?? '',
      },
    }),
    Modal: dress({
      defaultProps: {
        radius: 'md',
        shadow: 'lift',
        padding: 'lg',
        centered: false,
        yOffset: 'var(--dialog-top)',
        overlayProps: { backgroundOpacity: 0.35 },
        transitionProps: { duration: 120, transition: 'pop' },
      },
      classNames: {
        title: classes.modalTitle ?? '',
        content: classes.modalContent ?? '',
        header: classes.modalHeader ?? '',
      },
    }),
    MultiSelect: dress({
      defaultProps: { size: 'sm', checkIconPosition: 'right', comboboxProps: { shadow: 'lift' } },
    }),
    Notification: dress({
      classNames: {
        root: classes.notification ?? '',
        icon: classes.notificationIcon ?? '',
        description: classes.notificationText ?? '',
      },
    }),
    NumberInput: dress({ defaultProps: { size: 'sm', hideControls: true } }),
    PasswordInput: dress({ defaultProps: { size: 'sm' } }),
    Popover: dress({ defaultProps: floating, classNames: { dropdown: classes.dropdown ?? '' } }),
    Radio: dress({ defaultProps: { size: 'xs' } }),
    SegmentedControl: dress({
      defaultProps: { size: 'xs', radius: 'sm' },
      classNames: { root: classes.segments ?? '', label: classes.segment ?? '' },
    }),
    Select: dress({
      defaultProps: {
        size: 'sm',
        checkIconPosition: 'right',
        comboboxProps: { shadow: 'lift' },
        allowDeselect: false,
      },
    }),
    Skeleton: dress({
      defaultProps: { radius: 'xs' },
      classNames: { root: classes.skeleton ?? '' },
    }),
    Switch: dress({ defaultProps: { size: 'sm', withThumbIndicator: false } }),
    Tabs: dress({ classNames: { list: classes.tabs ?? '', tab: classes.tab ?? '' } }),
    Textarea: dress({ defaultProps: { size: 'sm', autosize: true, minRows: 2 } }),
    TextInput: dress({ defaultProps: { size: 'sm' } }),
  },
})

/** `Component.extend()` would pull every component into the first load for the sake of its types. */
function dress(component: MantineThemeComponent): MantineThemeComponent {
  return component
}

/** Mantine's own variables, pointed at our tokens; the tokens know which theme is on. */
export const cssVariables: CSSVariablesResolver = () => {
  const surfaces = {
    '--mantine-color-body': 'var(--paper)',
    '--mantine-color-text': 'var(--ink)',
    '--mantine-color-dimmed': 'var(--ink-faint)',
    '--mantine-color-placeholder': 'var(--ink-faint)',
    '--mantine-color-anchor': 'var(--accent)',
    '--mantine-color-error': 'var(--bad)',
    '--mantine-color-default': 'var(--paper-raised)',
    '--mantine-color-default-hover': 'var(--paper-hover)',
    '--mantine-color-default-color': 'var(--ink)',
    '--mantine-color-default-border': 'var(--rule-strong)',
    '--mantine-color-disabled': 'var(--paper-sunk)',
    '--mantine-color-disabled-color': 'var(--ink-faint)',
    '--mantine-color-disabled-border': 'var(--rule)',
    '--mantine-primary-color-contrast': 'var(--accent-ink)',
    '--mantine-color-ledger-light': 'var(--accent-tint)',
    '--mantine-color-ledger-light-hover': 'var(--accent-tint)',
    '--mantine-color-ledger-light-color': 'var(--accent)',
    '--mantine-color-oxblood-light': 'var(--bad-tint)',
    '--mantine-color-oxblood-light-color': 'var(--bad)',
    '--mantine-color-ochre-light': 'var(--warn-tint)',
    '--mantine-color-ochre-light-color': 'var(--warn)',
    '--mantine-color-gray-light': 'var(--paper-hover)',
    '--mantine-color-gray-light-hover': 'var(--paper-hover)',
    '--mantine-color-gray-light-color': 'var(--ink-soft)',
  }
  return { variables: {}, light: surfaces, dark: surfaces }
}
