// Command viewdoc writes what a theme's author can read into themes/OBJECTS.md: the templates with the struct each is drawn with, and the
// properties of every struct, with the words of their comments.
//
//	go generate ./storefront/view
//
// It reads the source of package view, by its conventions: a struct "is the data of the template" that its comment names, a property is a
// field with a liquid tag, and the comment beside a field says what it means. A test fails when the file says something else than the
// source.
package main
