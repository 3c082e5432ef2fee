/** Why PostgreSQL cannot be worked with, as a sentence for whoever starts the server. */
export class PostgresStartError extends Error {}
