package value

// Dictionary is names in an order, with their values. It is read by many once it is made.
type Dictionary struct {
	names  []string
	values []Value
	at     map[string]int
}

// NewDictionary makes an empty one with room for n names.
func NewDictionary(n int) *Dictionary {
	return &Dictionary{names: make([]string, 0, n), values: make([]Value, 0, n), at: make(map[string]int, n)}
}

// Set writes a value under a name; a new name comes last.
func (d *Dictionary) Set(name string, v Value) {
	if i, ok := d.at[name]; ok {
		d.values[i] = v
		return
	}
	d.at[name] = len(d.names)
	d.names, d.values = append(d.names, name), append(d.values, v)
}

// Get is the value under a name.
func (d *Dictionary) Get(name string) (Value, bool) {
	i, ok := d.at[name]
	if !ok {
		return None, false
	}
	return d.values[i], true
}

// Len is how many names there are.
func (d *Dictionary) Len() int { return len(d.names) }

// Pair is the name at i with its value, as a list of two.
func (d *Dictionary) Pair(i int) Value { return OfList([]Value{OfText(d.names[i]), d.values[i]}) }

// At is the name at i and its value.
func (d *Dictionary) At(i int) (string, Value) { return d.names[i], d.values[i] }
