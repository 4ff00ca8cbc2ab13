package theme

import (
	"bytes"
	"context"
	"io"
	"maps"

	"github.com/osteele/liquid/render"
)

// runKey is the variable that carries the run to our tags. Its name cannot be
// written in a template, and a tag that finds anything else there refuses to work.
const runKey = "\x00run"

// run is one render in progress: what it may see and what it has used up.
type run struct {
	ctx     context.Context
	engine  *Engine
	set     *set
	config  *render.Config
	limits  Limits
	globals map[string]any
	scopes  []map[string]any // by depth, see render

	loops, written, depth int
}

// runOf finds the run a tag belongs to.
func runOf(ctx render.Context) (*run, error) {
	r, ok := ctx.Get(runKey).(*run)
	if !ok {
		return nil, overLimit(LimitTime, "no budget")
	}
	return r, nil
}

// page renders a template: its own markup, or its sections in order.
func (r *run) page(out *bytes.Buffer, t *pageTemplate) error {
	if t.file != nil {
		return r.file(out, t.file, nil)
	}
	for _, sec := range t.sections {
		f, err := r.set.parsed("sections/" + sec.kind + ".liquid")
		if err != nil {
			return err
		}
		if err := r.file(out, f, map[string]any{"section": sec.variables()}); err != nil {
			return err
		}
	}
	return nil
}

// file renders one file into out with the globals and the given variables.
func (r *run) file(out *bytes.Buffer, f *file, vars map[string]any) error {
	if err := r.render(&sink{run: r, out: out}, f, vars); err != nil {
		return r.set.asError(f.path, err)
	}
	return nil
}

// render draws a file that sees the globals and vars. The library copies the map it
// is given before it assigns to it, so one map per depth serves all calls there: vars
// go in for the call and out again.
func (r *run) render(w io.Writer, f *file, vars map[string]any) error {
	if len(vars) == 0 {
		return plain(render.Render(f.root, w, r.globals, *r.config))
	}
	for len(r.scopes) <= r.depth {
		r.scopes = append(r.scopes, maps.Clone(r.globals))
	}
	scope := r.scopes[r.depth]
	maps.Copy(scope, vars)
	err := plain(render.Render(f.root, w, scope, *r.config))
	for name := range vars {
		if global, ok := r.globals[name]; ok {
			scope[name] = global
		} else {
			delete(scope, name)
		}
	}
	return err
}

// share makes a value a global of what is drawn from now on.
func (r *run) share(name string, v any) {
	r.globals[name] = v
	r.scopes = nil
}

// plain keeps a nil of the library's error type from becoming a non-nil error.
func plain(err render.Error) error {
	if err == nil {
		return nil
	}
	return err
}

// ticksPerCheck is how many loop turns pass between two looks at the clock.
const ticksPerCheck = 64

// tick counts one turn of a loop or one call of a snippet.
func (r *run) tick() error {
	r.loops++
	if r.loops > r.limits.Loops {
		return overLimit(LimitLoops, "more than %d loop turns", r.limits.Loops)
	}
	if r.loops%ticksPerCheck == 0 && r.ctx.Err() != nil {
		return overLimit(LimitTime, "longer than %d ms", r.limits.Millis)
	}
	return nil
}

// sink counts what is written, into the page or into a captured text.
type sink struct {
	run *run
	out *bytes.Buffer
}

func (s *sink) Write(b []byte) (int, error) {
	s.run.written += len(b)
	if s.run.written > s.run.limits.Output {
		return 0, overLimit(LimitOutput, "more than %d bytes of output", s.run.limits.Output)
	}
	return s.out.Write(b)
}
