package liquid

import (
	"context"
	"strconv"
	"sync"
	"time"

	"echoppe.dev/platform/driver/liquid/syntax"
	"echoppe.dev/platform/driver/liquid/value"
)

// Env is what templates are drawn with.
type Env struct {
	Data    value.Value   // its properties are variables
	Globals []value.Value // of Options.Globals
	Files   Files         // nil: there are no other files
	Host    any           // for filters (Call.Host)
	Limits  Limits
	Meter   *Meter // nil: no other Run counts
	Strict  bool   // an unknown variable or property is a mistake
	Plain   bool   // print without escaping: for mails in plain text
	// Form opens the form of a {% form %}, whose arguments c has, and gives what the name form means inside; nil: the tag is a mistake.
	Form func(c *Call) value.Value
	// Page is the page of lists the reader is on, from 1; PageURL is the address of another. For {% paginate %}.
	Page    int
	PageURL func(page int) string
}

// Files answers for the files a template names.
type Files interface {
	// Snippet is the file of a {% render %}.
	Snippet(name string) (*Template, error)
	// Section is the file of a {% section %}, and what the name section means in it.
	Section(name string) (*Template, value.Value, error)
}

// Run draws templates. It belongs to one goroutine, and End must be called.
type Run struct {
	ctx    context.Context
	env    *Env
	limits Limits
	began  time.Time

	out   []byte
	stack []value.Value // the variables of all files being drawn
	frame frame
	args  []value.Value // of the filter being called
	call  Call
	loops []loop

	fuel  int // steps until the clock is looked at
	steps int // that were granted
	held  int // bytes in variables
	calls int
	depth int
	at    syntax.Pos
	err   error
}

// frame is what belongs to one file while it is drawn.
type frame struct {
	t         *Template
	base      int // of its variables in the stack
	loops     int // how many loops were in progress around it, which it does not see
	continues map[string]int
	cycles    map[string]int
	changed   string
}

// loop is a {% for %} in progress.
type loop struct {
	index, length int
	name          string
}

// stride is how many steps pass between two looks at the clock; stepBytes how many bytes of a text are a step.
// A text of up to free bytes is written within the step of its node.
const (
	stride    = 256
	stepBytes = 64
	free      = 512
)

var runs = sync.Pool{New: func() any { return new(Run) }}

// Begin starts a Run. When the shop has used up what its pages may use together, Draw says so.
func Begin(ctx context.Context, env *Env) *Run {
	r := runs.Get().(*Run)
	r.ctx, r.env, r.limits, r.began = ctx, env, env.Limits.orDefault(), time.Now()
	r.fuel, r.steps, r.held, r.calls, r.depth, r.at, r.err = stride, stride, 0, 0, 0, 0, nil
	r.frame, r.out, r.stack, r.loops = frame{}, r.out[:0], r.stack[:0], r.loops[:0]
	return r
}

// keep is the largest buffer worth keeping for the next Run.
const keep = 1 << 20

// End gives the Run back. What Bytes gave is not to be used afterwards.
func (r *Run) End() {
	if r.env.Meter != nil {
		r.env.Meter.used(time.Since(r.began))
	}
	clear(r.stack[:cap(r.stack)])
	clear(r.args[:cap(r.args)])
	r.ctx, r.env, r.err, r.frame, r.call = nil, nil, nil, frame{}, Call{}
	if cap(r.out) <= keep && cap(r.stack) <= keep/24 {
		runs.Put(r)
	}
}

// Bytes is what was drawn, valid until the next call of a method.
func (r *Run) Bytes() []byte { return r.out }

// Take is what was drawn, and begins anew.
func (r *Run) Take() string {
	s := string(r.out)
	r.out = r.out[:0]
	return s
}

// Draw draws a template behind what was drawn; args are variables it is given, by name. Errors: *Error.
func (r *Run) Draw(t *Template, args ...Arg) error {
	if r.env.Meter != nil && !r.env.Meter.open(r.began) {
		return &Error{Template: t.Name(), Place: syntax.Place{Line: 1, Column: 1}, Budget: BudgetShop, Limit: r.env.Meter.perSecond()}
	}
	r.frame = frame{t: t, base: r.push(t), loops: len(r.loops)}
	for _, a := range args {
		if slot, ok := t.slotOf[a.Name]; ok {
			r.stack[r.frame.base+slot] = a.Value
		}
	}
	t.body.render(r)
	r.stack = r.stack[:r.frame.base]
	return r.err
}

// Arg is a variable a template is given.
type Arg struct {
	Name  string
	Value value.Value
}

// push makes room for the variables of a template, and says where.
func (r *Run) push(t *Template) (base int) {
	base = len(r.stack)
	for range t.slots {
		r.stack = append(r.stack, value.UnsetValue)
	}
	return base
}

// tick counts steps. It is false when the drawing is over.
func (r *Run) tick(n int) bool {
	r.fuel -= n
	return r.fuel >= 0 || r.refuel()
}

// refuel looks at the clock, and grants more steps.
func (r *Run) refuel() bool {
	if r.err != nil {
		return false
	}
	granted := (-r.fuel/stride + 1) * stride
	r.steps += granted
	r.fuel += granted
	switch {
	case r.steps > r.limits.Steps:
		r.over(BudgetSteps, r.limits.Steps)
	case time.Since(r.began) > r.limits.Time, r.ctx.Err() != nil:
		r.over(BudgetTime, int(r.limits.Time.Milliseconds()))
	}
	return r.err == nil
}

// over ends the drawing: a budget is used up.
func (r *Run) over(b Budget, limit int) {
	if r.err == nil {
		e := errorAt(r.frame.t.tree, r.at)
		e.Budget, e.Limit, e.cause = b, limit, r.ctx.Err()
		r.err, r.fuel = e, -1
	}
}

// fail ends the drawing: a mistake.
func (r *Run) fail(err error) {
	if r.err == nil {
		e := errorAt(r.frame.t.tree, r.at)
		e.cause = err
		r.err, r.fuel = e, -1
	}
}

// write writes markup.
func (r *Run) write(s string) {
	r.out = append(r.out, s...)
	if len(r.out) > r.limits.Output {
		r.over(BudgetOutput, r.limits.Output)
	}
}

// writeText writes text, escaped.
func (r *Run) writeText(s string) {
	if len(s) > free && !r.tick(len(s)/stepBytes) {
		return
	}
	if r.env.Plain {
		r.write(s)
		return
	}
	r.out = value.AppendEscaped(r.out, s)
	if len(r.out) > r.limits.Output {
		r.over(BudgetOutput, r.limits.Output)
	}
}

func (r *Run) writeInt(i int64) {
	r.out = strconv.AppendInt(r.out, i, 10)
	if len(r.out) > r.limits.Output {
		r.over(BudgetOutput, r.limits.Output)
	}
}

// print writes a value as {{ value }} does.
func (r *Run) print(v value.Value) {
	switch v.Kind() {
	case value.Nil:
	case value.Text:
		r.writeText(v.Raw())
	case value.HTML:
		r.write(v.Raw())
	case value.Int:
		r.writeInt(v.Int())
	case value.List:
		for i := range v.Len() {
			if !r.tick(1) {
				return
			}
			r.print(v.Index(i))
		}
	default:
		r.writeText(r.text(v))
	}
}
