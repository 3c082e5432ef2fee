import classes from './set-up-line.module.css'

/** Keeps the room of the line while it is not known what the line says, so that the page below does not jump. */
export function SetUpLinePlace() {
  return <div className={classes.line} />
}
