package pgmigrate

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"echoppe.dev/platform/driver/pg"
)

// lockTimeout keeps a migration from queueing behind a long query while everybody else queues
// behind the migration; the caller tries that schema again later.
const lockTimeout = 3 * time.Second

// Create makes the schema and its role and runs the whole series in one transaction. It fails if
// the schema exists.
func Create(ctx context.Context, owner *pgx.Conn, schema pg.Schema, s Series, app string) error {
	return pgx.BeginFunc(ctx, owner, func(tx pgx.Tx) error {
		name := ident(schema.String())
		if _, err := tx.Exec(ctx, "create schema "+name); err != nil {
			return fmt.Errorf("create schema %s: %w", schema, err)
		}
		if err := ensureRole(ctx, tx, schema.Role(), app); err != nil {
			return err
		}
		if err := enter(ctx, tx, schema); err != nil {
			return err
		}
		for _, f := range s.files {
			if _, err := tx.Exec(ctx, f.sql); err != nil {
				return fmt.Errorf("schema %s, migration %s: %w", schema, f.name, err)
			}
		}
		return finish(ctx, tx, schema, s.Latest())
	})
}

// Apply upgrades an existing schema and returns the version it has afterwards, which is a whole
// one even when a later file failed. Doing nothing costs one query.
func Apply(ctx context.Context, owner *pgx.Conn, schema pg.Schema, s Series) (version int, err error) {
	name := ident(schema.String())
	if err = owner.QueryRow(ctx, "select version from "+name+".schema_version").Scan(&version); err != nil {
		return 0, fmt.Errorf("read version of %s: %w", schema, err)
	}
	for _, f := range s.after(version) {
		err = pgx.BeginFunc(ctx, owner, func(tx pgx.Tx) error {
			if err := enter(ctx, tx, schema); err != nil {
				return err
			}
			// Two processes may deploy at once: the loser finds the work done.
			var now int
			if err := tx.QueryRow(ctx, "select version from schema_version for update").Scan(&now); err != nil {
				return fmt.Errorf("lock version of %s: %w", schema, err)
			}
			if now >= f.version {
				return nil
			}
			if _, err := tx.Exec(ctx, f.sql); err != nil {
				return fmt.Errorf("schema %s, migration %s: %w", schema, f.name, err)
			}
			return finish(ctx, tx, schema, f.version)
		})
		if err != nil {
			return version, err
		}
		version = f.version
	}
	return version, nil
}

func enter(ctx context.Context, tx pgx.Tx, schema pg.Schema) error {
	_, err := tx.Exec(ctx, fmt.Sprintf("set local search_path to %s, ext; set local lock_timeout = '%dms'",
		ident(schema.String()), lockTimeout.Milliseconds()))
	if err != nil {
		return fmt.Errorf("enter schema %s: %w", schema, err)
	}
	return nil
}

// finish records the version and gives the schema's role its rights on whatever now exists.
func finish(ctx context.Context, tx pgx.Tx, schema pg.Schema, version int) error {
	name, role := ident(schema.String()), ident(schema.Role())
	_, err := tx.Exec(ctx, fmt.Sprintf(`
		insert into schema_version (version) values (%d)
			on conflict (only_row) do update set version = excluded.version, applied_at = now();
		grant usage on schema %s to %s;
		grant select, insert, update, delete on all tables in schema %s to %s;
		grant usage on all sequences in schema %s to %s;
		revoke insert, update, delete on schema_version from %s`,
		version, name, role, name, role, name, role, role))
	if err != nil {
		return fmt.Errorf("finish schema %s at version %d: %w", schema, version, err)
	}
	return nil
}

// ensureRole makes a NOLOGIN role and lets the program's login role become it. Creating a role is
// not transactional against other databases of the same server, hence the look first.
func ensureRole(ctx context.Context, tx pgx.Tx, role, app string) error {
	var exists bool
	if err := tx.QueryRow(ctx, "select exists (select from pg_roles where rolname = $1)", role).Scan(&exists); err != nil {
		return fmt.Errorf("look for role %s: %w", role, err)
	}
	sql := "grant " + ident(role) + " to " + ident(app)
	if !exists {
		sql = "create role " + ident(role) + " nologin; " + sql
	}
	if _, err := tx.Exec(ctx, sql); err != nil {
		return fmt.Errorf("prepare role %s: %w", role, err)
	}
	return nil
}

func ident(name string) string { return pgx.Identifier{name}.Sanitize() }
