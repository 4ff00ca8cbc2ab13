package authz

import (
	_ "embed"
	"fmt"
	"strings"
	"sync"

	"github.com/casbin/casbin/v2"
	"github.com/casbin/casbin/v2/model"
	stringadapter "github.com/casbin/casbin/v2/persist/string-adapter"
)

//go:embed model.conf
var modelText string

//go:embed policy.csv
var policyText string

// Policy is the decided table.
type Policy struct {
	permissions map[Kind][]string
	allowed     map[decision]struct{}
}

type decision struct {
	kind       Kind
	role       Role
	permission string
}

// New returns the embedded policy, decided once per process. An error is a
// mistake in the table: a role or permission that nothing declares.
func New() (*Policy, error) { return embedded() }

var embedded = sync.OnceValues(func() (*Policy, error) { return parse(policyText) })

func parse(table string) (*Policy, error) {
	m, err := model.NewModelFromString(modelText)
	if err != nil {
		return nil, fmt.Errorf("read authorisation model: %w", err)
	}
	e, err := casbin.NewEnforcer(m, stringadapter.NewAdapter(table))
	if err != nil {
		return nil, fmt.Errorf("read authorisation policy: %w", err)
	}
	p := &Policy{permissions: make(map[Kind][]string), allowed: make(map[decision]struct{})}
	declared, err := e.GetNamedPolicy("p2")
	if err != nil {
		return nil, fmt.Errorf("read declared permissions: %w", err)
	}
	for _, line := range declared {
		kind := Kind(line[0])
		p.permissions[kind] = append(p.permissions[kind], line[1])
	}
	if err := p.proveDeclared(e); err != nil {
		return nil, err
	}
	return p, p.decide(e)
}

// decide asks casbin every question there is; a few hundred.
func (p *Policy) decide(e *casbin.Enforcer) error {
	for kind, permissions := range p.permissions {
		for _, role := range assignable[kind] {
			for _, permission := range permissions {
				yes, err := e.Enforce(string(role), string(kind), permission)
				if err != nil {
					return fmt.Errorf("decide %s %s %s: %w", kind, role, permission, err)
				}
				if yes {
					p.allowed[decision{kind, role, permission}] = struct{}{}
				}
			}
		}
	}
	return nil
}

// proveDeclared refuses grants that give nothing and roles nobody can have,
// which are misspellings.
func (p *Policy) proveDeclared(e *casbin.Enforcer) error {
	grants, err := e.GetPolicy()
	if err != nil {
		return fmt.Errorf("read grants: %w", err)
	}
	inherits, err := e.GetGroupingPolicy()
	if err != nil {
		return fmt.Errorf("read included roles: %w", err)
	}
	known := make(map[[2]string]bool) // role, kind
	for kind, roles := range assignable {
		for _, role := range roles {
			known[[2]string{string(role), string(kind)}] = true
		}
	}
	for _, line := range inherits {
		if !known[[2]string{line[0], line[2]}] {
			return fmt.Errorf("authorisation policy: unknown role %q of %s includes another", line[0], line[2])
		}
	}
	for _, line := range inherits {
		known[[2]string{line[1], line[2]}] = true
	}
	granted := make(map[[2]string]bool)
	for _, line := range grants {
		role, kind, pattern := line[0], line[1], line[2]
		if !known[[2]string{role, kind}] {
			return fmt.Errorf("authorisation policy: %q of %s is granted %q but nobody can hold it", role, kind, pattern)
		}
		if !p.matchesSome(Kind(kind), pattern) {
			return fmt.Errorf("authorisation policy: %s of %s is granted %q, which is not declared", role, kind, pattern)
		}
		granted[[2]string{role, kind}] = true
	}
	for _, line := range inherits {
		if !granted[[2]string{line[1], line[2]}] {
			return fmt.Errorf("authorisation policy: %s of %s includes %q, which has no permission", line[0], line[2], line[1])
		}
	}
	return nil
}

func (p *Policy) matchesSome(kind Kind, pattern string) bool {
	prefix, wild := strings.CutSuffix(pattern, "*")
	for _, permission := range p.permissions[kind] {
		if permission == pattern || wild && strings.HasPrefix(permission, prefix) {
			return true
		}
	}
	return false
}

// Can reports whether one of the grants allows the permission in the domain.
func (p *Policy) Can(held []Grant, in Domain, permission string) bool {
	if in == (Domain{}) {
		return false
	}
	for _, grant := range held {
		if grant.Domain != in {
			continue
		}
		if _, yes := p.allowed[decision{in.kind, grant.Role, permission}]; yes {
			return true
		}
	}
	return false
}

// Permissions lists the declared permissions of a kind of domain, in the order
// of the table.
func (p *Policy) Permissions(k Kind) []string { return append([]string(nil), p.permissions[k]...) }

// Allowed lists what one role may do, for the team page.
func (p *Policy) Allowed(k Kind, role Role) []string {
	var out []string
	for _, permission := range p.permissions[k] {
		if _, yes := p.allowed[decision{k, role, permission}]; yes {
			out = append(out, permission)
		}
	}
	return out
}
