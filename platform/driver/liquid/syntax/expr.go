package syntax

// Expr is something that has a value.
type Expr interface{ Start() Pos }

// LiteralKind tells what a Literal is.
type LiteralKind int

// The kinds of literals.
const (
	NilLiteral LiteralKind = iota
	BoolLiteral
	IntLiteral
	FloatLiteral
	TextLiteral
	BlankLiteral // equal to what says nothing
	EmptyLiteral // equal to what holds nothing
)

// Literal is a value that was written down.
type Literal struct {
	At    Pos
	Kind  LiteralKind
	Bool  bool
	Int   int64
	Float float64
	Text  string
}

// Path reads a variable and goes on into it: product.tags[0].
type Path struct {
	At    Pos
	Name  string // of the variable; "" when Root gives it
	Root  Expr   // of [name]
	Steps []Step
}

// Step is .name or [index].
type Step struct {
	At    Pos
	Name  string // "" for an index
	Index Expr
}

// Range is (from..to), both included.
type Range struct {
	At       Pos
	From, To Expr
}

// Compare is left op right: == != < > <= >= contains.
type Compare struct {
	At          Pos
	Op          string // "<>" was made "!="
	Left, Right Expr
}

// Logic is left and right, or left or right.
type Logic struct {
	At          Pos
	And         bool
	Left, Right Expr
}

// Piped is a value with the filters it goes through.
type Piped struct {
	At      Pos
	Value   Expr // nil for nothing at all
	Filters []Filter
}

// Filter is one filter with its arguments.
type Filter struct {
	At    Pos
	Name  string
	Args  []Expr
	Named []Named
}

// Named is an argument with a name.
type Named struct {
	At    Pos
	Name  string
	Value Expr
}

// Start is where the expression begins.
func (e *Literal) Start() Pos { return e.At }

// Start is where the expression begins.
func (e *Path) Start() Pos { return e.At }

// Start is where the expression begins.
func (e *Range) Start() Pos { return e.At }

// Start is where the expression begins.
func (e *Compare) Start() Pos { return e.At }

// Start is where the expression begins.
func (e *Logic) Start() Pos { return e.At }

// Start is where the expression begins.
func (e *Piped) Start() Pos { return e.At }
