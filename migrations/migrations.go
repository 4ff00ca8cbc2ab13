package migrations

import "embed"

// Platform is the series of the control plane.
//
//go:embed platform/*.sql
var Platform embed.FS

// Tenant is the series every shop's schema runs.
//
//go:embed tenant/*.sql
var Tenant embed.FS
