package main

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// object is a struct of the view.
type object struct {
	name      string
	doc       string
	templates []string // it is the data of; none for one that is a property of others
	embeds    []string
	fields    []property
}

// property is a field templates can read.
type property struct{ name, kind, doc string }

var templateOf = regexp.MustCompile(`is the data of the template "(\w+)"`)

// read finds the structs of a package with properties, by name.
func read(dir string) (map[string]*object, error) {
	names, err := filepath.Glob(filepath.Join(dir, "*.go"))
	if err != nil {
		return nil, err
	}
	found, files := map[string]*object{}, token.NewFileSet()
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		source, err := os.ReadFile(name)
		if err != nil {
			return nil, err
		}
		file, err := parser.ParseFile(files, name, source, parser.ParseComments)
		if err != nil {
			return nil, fmt.Errorf("read %s: %w", name, err)
		}
		for _, d := range file.Decls {
			collect(found, d)
		}
	}
	return found, nil
}

func collect(found map[string]*object, d ast.Decl) {
	general, ok := d.(*ast.GenDecl)
	if !ok {
		return
	}
	for _, spec := range general.Specs {
		named, ok := spec.(*ast.TypeSpec)
		if !ok {
			continue
		}
		if s, ok := named.Type.(*ast.StructType); ok {
			doc := named.Doc
			if doc == nil {
				doc = general.Doc
			}
			found[named.Name.Name] = objectOf(named.Name.Name, words(doc), s)
		}
	}
}

func objectOf(name, doc string, s *ast.StructType) *object {
	o := &object{name: name, doc: doc}
	for _, m := range templateOf.FindAllStringSubmatch(doc, -1) {
		o.templates = append(o.templates, m[1])
	}
	for _, f := range s.Fields.List {
		tag := ""
		if f.Tag != nil {
			text, _ := strconv.Unquote(f.Tag.Value)
			tag = reflect.StructTag(text).Get("liquid")
		}
		switch {
		case len(f.Names) == 0 && tag == "":
			o.embeds = append(o.embeds, kindOf(f.Type))
		case tag != "":
			doc := words(f.Comment)
			if above := words(f.Doc); above != "" {
				doc = strings.TrimSpace(above + " " + doc)
			}
			o.fields = append(o.fields, property{tag, kindOf(f.Type), doc})
		}
	}
	return o
}

// kinds are Go types in the words of a theme's author.
var kinds = map[string]string{"string": "text", "bool": "true or false", "int": "whole number", "int64": "whole number", "float64": "number", "HTML": "markup",
	"Time": "time", "any": "anything"}

// kindOf is a type in those words; a struct is its name.
func kindOf(e ast.Expr) string {
	switch e := e.(type) {
	case *ast.Ident:
		if k, ok := kinds[e.Name]; ok {
			return k
		}
		return e.Name
	case *ast.StarExpr:
		return kindOf(e.X)
	case *ast.ArrayType:
		return "list of " + kindOf(e.Elt)
	case *ast.MapType:
		return kindOf(e.Value) + " by name"
	case *ast.SelectorExpr:
		return kindOf(e.Sel)
	}
	return "anything"
}

// words are a comment in one line.
func words(c *ast.CommentGroup) string {
	if c == nil {
		return ""
	}
	return strings.Join(strings.Fields(c.Text()), " ")
}

// sorted are objects that fit, by name.
func sorted(all map[string]*object, fits func(*object) bool) []*object {
	var list []*object
	for _, o := range all {
		if fits(o) {
			list = append(list, o)
		}
	}
	slices.SortFunc(list, func(a, b *object) int { return strings.Compare(a.name, b.name) })
	return list
}
