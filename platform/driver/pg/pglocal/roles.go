package pglocal

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
)

// Role is a database role to connect as.
type Role string

const (
	// Owner owns the database and makes schemas and shop roles. Migrations run as it.
	Owner Role = "echoppe_owner"
	// App is what requests run as. It owns nothing, inherits nothing and sees no
	// schema by default.
	App Role = "echoppe_app"
	// Superuser is for tests and repairs; the product never connects as it.
	Superuser Role = "postgres"
)

// DefaultDatabase is the name of the database Start makes.
const DefaultDatabase = "echoppe"

// ensureRoles makes the roles and the database that are missing. It runs at every
// start, so a first start that was killed half-way is completed by the next.
func ensureRoles(ctx context.Context, s *Server) error {
	conn, err := pgx.Connect(ctx, s.URL(Superuser, "postgres"))
	if err != nil {
		return err
	}
	defer func() { _ = conn.Close(ctx) }()
	for _, role := range []struct{ name, attributes string }{
		{string(Owner), "LOGIN CREATEROLE"},
		{string(App), "LOGIN NOINHERIT"},
	} {
		var exists bool
		err := conn.QueryRow(ctx, "SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1)", role.name).Scan(&exists)
		if err != nil {
			return err
		}
		if !exists {
			if _, err := conn.Exec(ctx, "CREATE ROLE "+role.name+" "+role.attributes); err != nil {
				return err
			}
		}
	}
	if _, err := conn.Exec(ctx, "ALTER ROLE "+string(App)+" SET search_path = ''"); err != nil {
		return err
	}
	if s.bin.Major >= 16 {
		// Up to 15 the maker of a role may act as it; from 16 only when asked for.
		if _, err := conn.Exec(ctx, "ALTER ROLE "+string(Owner)+" SET createrole_self_grant = 'set, inherit'"); err != nil {
			return err
		}
	}
	return ensureDatabase(ctx, s, conn)
}

func ensureDatabase(ctx context.Context, s *Server, conn *pgx.Conn) error {
	var exists bool
	err := conn.QueryRow(ctx, "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)", s.database).Scan(&exists)
	if err != nil {
		return err
	}
	name := pgx.Identifier{s.database}.Sanitize()
	if !exists {
		if _, err := conn.Exec(ctx, "CREATE DATABASE "+name+" OWNER "+string(Owner)); err != nil {
			return err
		}
	}
	_, err = conn.Exec(ctx, fmt.Sprintf("REVOKE ALL ON DATABASE %s FROM PUBLIC; GRANT CONNECT ON DATABASE %s TO %s", name, name, App))
	if err != nil {
		return err
	}
	inside, err := pgx.Connect(ctx, s.URL(Superuser, s.database))
	if err != nil {
		return err
	}
	defer func() { _ = inside.Close(ctx) }()
	_, err = inside.Exec(ctx, "REVOKE ALL ON SCHEMA public FROM PUBLIC")
	return err
}
