package theme

import (
	"fmt"
	"io"
	"regexp"
	"strings"

	"github.com/osteele/liquid/expressions"
	"github.com/osteele/liquid/filters"
	"github.com/osteele/liquid/render"
	"github.com/osteele/liquid/tags"
)

// Names that prepare puts into a template.
const (
	tickTag    = "__tick"
	captureTag = "__capture"
)

// newGrammar is the language without a locale: enough to parse.
func newGrammar() render.Config {
	c := render.NewConfig()
	filters.AddStandardFilters(&c)
	tags.AddStandardTags(&c)
	c.UnregisterTag("include")
	c.AddTag("render", compileRender)
	c.AddTag("section", compileSection)
	c.AddTag(tickTag, compileTick)
	c.AddBlock(captureTag).Compiler(compileCapture)
	c.TemplateStore = noFiles{}
	return c
}

// noFiles closes the library's own way to the disk.
type noFiles struct{}

func (noFiles) ReadTemplate(name string) ([]byte, error) {
	return nil, ErrNoTemplate.With(map[string]any{"name": name})
}

func compileTick(string) (func(io.Writer, render.Context) error, error) {
	return func(_ io.Writer, ctx render.Context) error {
		r, err := runOf(ctx)
		if err != nil {
			return err
		}
		return r.tick()
	}, nil
}

// compileCapture is capture into a counted buffer. What was captured is markup
// already: its values were escaped on the way in.
func compileCapture(node render.BlockNode) (func(io.Writer, render.Context) error, error) {
	name := strings.TrimSpace(node.Args)
	if !identifier.MatchString(name) {
		return nil, fmt.Errorf("capture wants one variable name, not %q", node.Args)
	}
	return func(_ io.Writer, ctx render.Context) error {
		r, err := runOf(ctx)
		if err != nil {
			return err
		}
		buf := r.engine.buffer()
		defer r.engine.release(buf)
		if err := ctx.RenderChildren(&sink{run: r, out: buf}); err != nil {
			return err
		}
		ctx.Set(name, HTML(buf.String()))
		return nil
	}, nil
}

var (
	identifier = regexp.MustCompile(`^[A-Za-z_][\w-]*$`)
	fileName   = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]*$`)
	callSyntax = regexp.MustCompile(`^\s*(?:'([^']*)'|"([^"]*)")\s*(?:,\s*)?`)
	paramStart = regexp.MustCompile(`^\s*([A-Za-z_]\w*)\s*:`)
)

type param struct {
	name  string
	value expressions.Expression
}

// parseCall reads 'name', key: value, key: value.
func parseCall(args string) (name string, params []param, err error) {
	at := callSyntax.FindStringSubmatchIndex(args)
	if at == nil {
		return "", nil, fmt.Errorf("wants the name of a file in quotes, not %q", args)
	}
	m := callSyntax.FindStringSubmatch(args)
	if name = m[1] + m[2]; !fileName.MatchString(name) {
		return "", nil, fmt.Errorf("%q is no name of a file", name)
	}
	for _, part := range splitParams(args[at[1]:]) {
		key := paramStart.FindStringSubmatch(part)
		if key == nil {
			return "", nil, fmt.Errorf("wants key: value, not %q", part)
		}
		value, err := expressions.Parse(strings.TrimSpace(part[len(key[0]):]))
		if err != nil {
			return "", nil, fmt.Errorf("%s: %w", key[1], err)
		}
		params = append(params, param{key[1], value})
	}
	return name, params, nil
}

// splitParams cuts at the commas that start a new parameter: not those in quotes,
// nor those between the arguments of a filter.
func splitParams(s string) (parts []string) {
	start, quote := 0, byte(0)
	for i := range len(s) {
		switch c := s[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '\'' || c == '"':
			quote = c
		case c == ',' && paramStart.MatchString(s[i+1:]):
			parts = append(parts, s[start:i])
			start = i + 1
		}
	}
	if strings.TrimSpace(s[start:]) != "" {
		parts = append(parts, s[start:])
	}
	return parts
}

func compileRender(args string) (func(io.Writer, render.Context) error, error) {
	name, params, err := parseCall(args)
	if err != nil {
		return nil, err
	}
	path := "snippets/" + name + ".liquid"
	return func(w io.Writer, ctx render.Context) error {
		vars := make(map[string]any, len(params))
		for _, p := range params {
			v, err := ctx.Evaluate(p.value)
			if err != nil {
				return err
			}
			vars[p.name] = v
		}
		return callFile(w, ctx, path, vars)
	}, nil
}

func compileSection(args string) (func(io.Writer, render.Context) error, error) {
	name, params, err := parseCall(args)
	if err != nil {
		return nil, err
	}
	if len(params) > 0 {
		return nil, fmt.Errorf("section takes its settings from the theme, not from %q", params[0].name)
	}
	return func(w io.Writer, ctx render.Context) error {
		r, err := runOf(ctx)
		if err != nil {
			return err
		}
		sec := section{id: name, kind: name, settings: r.set.sectionSettings(name, nil)}
		return callFile(w, ctx, "sections/"+name+".liquid", map[string]any{"section": sec.variables()})
	}, nil
}

// callFile renders another file of the theme in place.
func callFile(w io.Writer, ctx render.Context, path string, vars map[string]any) error {
	r, err := runOf(ctx)
	if err != nil {
		return err
	}
	if err := r.tick(); err != nil {
		return err
	}
	f, err := r.set.parsed(path)
	if err != nil {
		return err
	}
	if r.depth++; r.depth > r.limits.Depth {
		return overLimit(LimitDepth, "more than %d files inside each other", r.limits.Depth)
	}
	defer func() { r.depth-- }()
	return r.render(w, f, vars)
}

var (
	_ render.TemplateStore = noFiles{}
	_ io.Writer            = (*sink)(nil)
)
