package liquid

import (
	"strings"

	"echoppe.dev/platform/driver/liquid/syntax"
)

// compiler makes a template of a tree.
type compiler struct {
	engine *Engine
	t      *Template
	loops  []lexical // around the place being compiled, innermost last
	depth  int       // of for loops among them
	parts  []part    // what {% paginate %} has made of lists
	text   squeezer
	script scripts

	counters  map[string]bool // the names of all counters in the file
	continued map[string]bool // the lists some loop goes on with (offset: continue)
}

// lexical is a name that means a variable of its own inside a block.
type lexical struct {
	name string
	slot int
}

// part is a list inside its {% paginate %}.
type part struct {
	path string
	slot int
}

// counterPrefix keeps counters apart from variables of their name.
const counterPrefix = "\x00"

// Compile makes a template of a parsed source. Errors: *Error for a filter that does not exist or is used wrongly.
func (e *Engine) Compile(tree *syntax.Template) (*Template, error) {
	c := &compiler{engine: e, t: &Template{tree: tree, slotOf: map[string]int{}}, counters: map[string]bool{}, continued: map[string]bool{}}
	syntax.Walk(tree.Body, c.note)
	c.text = squeezer{on: e.opts.Squeeze && !strings.Contains(tree.Source, "<pre"), fresh: true}
	body, err := c.block(tree.Body)
	if err != nil {
		return nil, err
	}
	if c.text.on {
		body = trimmed(body)
	}
	c.t.body = body
	return c.t, nil
}

// note remembers what has to be known before the first node is compiled.
func (c *compiler) note(n syntax.Node) {
	switch n := n.(type) {
	case *syntax.Counter:
		c.counters[n.Name] = true
	case *syntax.For:
		if n.Continue {
			c.continued[n.Key] = true
		}
	}
}

// slot is a new variable without a name.
func (c *compiler) slot() int {
	c.t.slots++
	return c.t.slots - 1
}

// named is the variable of a name in the whole file.
func (c *compiler) named(name string) int {
	i, ok := c.t.slotOf[name]
	if !ok {
		i = c.slot()
		c.t.slotOf[name] = i
	}
	return i
}

// inside compiles a body in which names mean variables of their own.
func (c *compiler) inside(body []syntax.Node, names ...lexical) (block, error) {
	n := len(c.loops)
	c.loops = append(c.loops, names...)
	b, err := c.block(body)
	c.loops = c.loops[:n]
	return b, err
}

func (c *compiler) block(body []syntax.Node) (block, error) {
	var b block
	for _, n := range body {
		made, cost, err := c.node(n)
		if err != nil {
			return nil, err
		}
		if made != nil {
			b = append(b, entry{node: made, at: n.Start(), cost: cost})
		}
	}
	return b, nil
}

// node compiles a node, and says how many steps it costs. nil: it does nothing.
func (c *compiler) node(n syntax.Node) (node, int, error) {
	switch n := n.(type) {
	case *syntax.Text:
		c.script.see(n.Text)
		if text := c.text.next(n); text != "" {
			return &textNode{text}, 1, nil
		}
		return nil, 0, nil
	case *syntax.Comment:
		return nil, 0, nil
	case *syntax.Schema:
		c.t.schema = n.Text
		return nil, 0, nil
	}
	c.text.fresh = false
	m := &meter{compiler: c}
	made, err := m.tag(n)
	return made, m.cost + 1, err
}

// meter compiles a node and counts the steps of its expressions.
type meter struct {
	*compiler
	cost int
}

// tag compiles what does something.
func (m *meter) tag(n syntax.Node) (node, error) {
	switch n := n.(type) {
	case *syntax.Output:
		return m.output(n.Value)
	case *syntax.If:
		return m.branches(n)
	case *syntax.Case:
		return m.cases(n)
	case *syntax.For:
		return m.loop(n)
	case *syntax.TableRow:
		return m.tableRow(n)
	case *syntax.Assign:
		v, err := m.piped(n.Value)
		return &assignNode{m.named(n.Name), v}, err
	case *syntax.Capture:
		slot := m.named(n.Name)
		body, err := m.block(n.Body)
		return &captureNode{slot, body}, err
	case *syntax.Counter:
		return &counterNode{m.named(counterPrefix + n.Name), n.By}, nil
	case *syntax.Cycle:
		return m.cycle(n)
	case *syntax.IfChanged:
		body, err := m.block(n.Body)
		return &ifChangedNode{body}, err
	case *syntax.Break:
		if n.Continue {
			return &breakNode{again}, nil
		}
		return &breakNode{leave}, nil
	case *syntax.Render:
		return m.render(n)
	case *syntax.Section:
		return &sectionNode{n.File}, nil
	case *syntax.Style:
		body, err := m.block(n.Body)
		return &styleNode{body}, err
	case *syntax.Form:
		return m.form(n)
	case *syntax.Paginate:
		return m.paginate(n)
	}
	return nothingNode{}, nil
}

// squeezer makes one line break of the spaces around it (Options.Squeeze).
type squeezer struct {
	on    bool
	fresh bool // what was printed last is such a line break, or nothing yet
}

func (s *squeezer) next(n *syntax.Text) string {
	if !s.on || n.Raw {
		s.fresh = false
		return n.Text
	}
	var b strings.Builder
	text := n.Text
	for text != "" {
		end := strings.IndexByte(text, '\n')
		if end < 0 {
			b.WriteString(text)
			s.fresh = false
			break
		}
		if words := strings.TrimRight(text[:end], " \t\r"); words != "" {
			b.WriteString(words)
			s.fresh = false
		}
		if !s.fresh {
			b.WriteByte('\n')
			s.fresh = true
		}
		text = strings.TrimLeft(text[end:], " \t\r\n")
	}
	return b.String()
}

// trimmed takes the spaces off the end of a file.
func trimmed(b block) block {
	for len(b) > 0 {
		last, ok := b[len(b)-1].node.(*textNode)
		if !ok {
			break
		}
		if last.text = strings.TrimRight(last.text, " \t\r\n"); last.text != "" {
			break
		}
		b = b[:len(b)-1]
	}
	return b
}
