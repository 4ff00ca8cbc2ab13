package syntax

// Node is a piece of a template.
type Node interface{ Start() Pos }

type (
	// Text is printed as it is.
	Text struct {
		At   Pos
		Text string
		Raw  bool // it stood in {% raw %}: its spaces are meant
	}
	// Output is {{ value }}, or {% echo value %}.
	Output struct {
		At    Pos
		Value *Piped
	}
	// Comment is {% comment %}, {% doc %} or {% # %}; it prints nothing.
	Comment struct {
		At   Pos
		Tag  string
		Text string
	}
	// If is {% if %}, or {% unless %}, whose first condition must not hold.
	If struct {
		At       Pos
		Unless   bool
		Branches []Branch
	}
	// Branch is a condition with what is printed when it is the first to hold; Test is nil for else.
	Branch struct {
		At   Pos
		Test Expr
		Body []Node
	}
	// Case is {% case value %}. Each value of a when that is equal prints its body, and an else prints it when none was before.
	Case struct {
		At    Pos
		Value Expr
		Whens []When
	}
	// When is one when; Values is nil for else.
	When struct {
		At     Pos
		Values []Expr
		Body   []Node
	}
	// For is {% for name in list %}.
	For struct {
		At       Pos
		Name     string
		Over     Expr
		Key      string // what offset: continue goes by, and forloop.name: "name-list"
		Reversed bool
		Limit    Expr
		Offset   Expr
		Continue bool // offset: continue
		Body     []Node
		Else     []Node
	}
	// TableRow is {% tablerow name in list %}.
	TableRow struct {
		At                  Pos
		Name                string
		Over                Expr
		Cols, Limit, Offset Expr
		Body                []Node
	}
	// Assign is {% assign name = value %}.
	Assign struct {
		At    Pos
		Name  string
		Value *Piped
	}
	// Capture is {% capture name %}.
	Capture struct {
		At   Pos
		Name string
		Body []Node
	}
	// Counter is {% increment name %} (By 1) or {% decrement name %} (By -1).
	Counter struct {
		At   Pos
		Name string
		By   int64
	}
	// Cycle is {% cycle 'a', 'b' %}, or with the value of Group before a colon.
	Cycle struct {
		At     Pos
		Group  Expr   // nil without
		Key    string // what it is known by without Group
		Values []Expr
	}
	// IfChanged is {% ifchanged %}.
	IfChanged struct {
		At   Pos
		Body []Node
	}
	// Break is {% break %}, or {% continue %}.
	Break struct {
		At       Pos
		Continue bool
	}
	// Render is {% render 'file' %}, with or for a value.
	Render struct {
		At   Pos
		File string
		With Expr   // nil without
		For  bool   // once for each element of With
		As   string // the name of the value inside; that of the file where none was given
		Args []Named
	}
	// Section is {% section 'file' %}.
	Section struct {
		At   Pos
		File string
	}
	// Schema is {% schema %}: settings of a section, in JSON. It prints nothing.
	Schema struct {
		At   Pos
		Text string
	}
	// Style is {% style %}.
	Style struct {
		At   Pos
		Body []Node
	}
	// Form is {% form kind, value, name: value %}.
	Form struct {
		At    Pos
		Args  []Expr
		Named []Named
		Body  []Node
	}
	// Paginate is {% paginate list by number %}: inside, list is the part of the page.
	Paginate struct {
		At     Pos
		Over   *Path
		By     Expr
		Window Expr // window_size; nil for none
		Body   []Node
	}
)

// Start is where the node begins.
func (n *Text) Start() Pos { return n.At }

// Start is where the node begins.
func (n *Output) Start() Pos { return n.At }

// Start is where the node begins.
func (n *Comment) Start() Pos { return n.At }

// Start is where the node begins.
func (n *If) Start() Pos { return n.At }

// Start is where the node begins.
func (n *Case) Start() Pos { return n.At }

// Start is where the node begins.
func (n *For) Start() Pos { return n.At }

// Start is where the node begins.
func (n *TableRow) Start() Pos { return n.At }

// Start is where the node begins.
func (n *Assign) Start() Pos { return n.At }

// Start is where the node begins.
func (n *Capture) Start() Pos { return n.At }

// Start is where the node begins.
func (n *Counter) Start() Pos { return n.At }

// Start is where the node begins.
func (n *Cycle) Start() Pos { return n.At }

// Start is where the node begins.
func (n *IfChanged) Start() Pos { return n.At }

// Start is where the node begins.
func (n *Break) Start() Pos { return n.At }

// Start is where the node begins.
func (n *Render) Start() Pos { return n.At }

// Start is where the node begins.
func (n *Section) Start() Pos { return n.At }

// Start is where the node begins.
func (n *Schema) Start() Pos { return n.At }

// Start is where the node begins.
func (n *Style) Start() Pos { return n.At }

// Start is where the node begins.
func (n *Form) Start() Pos { return n.At }

// Start is where the node begins.
func (n *Paginate) Start() Pos { return n.At }
