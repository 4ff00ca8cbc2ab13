package bench

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// asOwner lends a connection of the owner of the schemas.
func (r *rig) asOwner(ctx context.Context, use func(*pgx.Conn) error) error {
	conn, err := pgx.Connect(ctx, r.out.OwnerURL)
	if err != nil {
		return fmt.Errorf("connect as owner: %w", err)
	}
	defer func() { _ = conn.Close(context.WithoutCancel(ctx)) }()
	return use(conn)
}

// analyse does for the tables of a schema what the database's own housekeeping does within a day.
func (r *rig) analyse(ctx context.Context, schema string) error {
	return r.asOwner(ctx, func(conn *pgx.Conn) error {
		rows, err := conn.Query(ctx, "select tablename from pg_tables where schemaname = $1", schema)
		if err != nil {
			return fmt.Errorf("list tables: %w", err)
		}
		tables, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if err != nil {
			return fmt.Errorf("list tables: %w", err)
		}
		for _, table := range tables {
			if _, err := conn.Exec(ctx, "vacuum analyze "+pgx.Identifier{schema, table}.Sanitize()); err != nil {
				return fmt.Errorf("analyse %s: %w", table, err)
			}
		}
		return nil
	})
}
