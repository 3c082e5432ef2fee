/** Four strokes and one across: a tally, the oldest meter there is. */
export function Mark({ size = 22 }: { size?: number }) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      strokeLinecap="round"
      strokeWidth="2.1"
      aria-hidden="true"
    >
      <path d="M5 4.5v15M9.67 4.5v15M14.33 4.5v15M19 4.5v15" stroke="var(--ink)" />
      <path d="M2.5 16.5 21.5 7.5" stroke="var(--accent)" />
    </svg>
  )
}
