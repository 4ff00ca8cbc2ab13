// Package ui is the design system of the platform's own screens: the back office,
// the operator console, the sign-up and help pages. It draws; it decides nothing.
//
// What it is. Typed components (templ) over one stylesheet of tokens, one small
// script and one icon sprite, all embedded. A component takes a [View], which is
// everything it may know about the request, and a plain struct saying what to
// draw. Structs are nouns ([Table], [Field], [Action]), components are named for
// the thing on the screen ([DataTable], [TextField], [ActionButton]).
//
// Invariants.
//   - Every page works with scripts off. The script only shortens the way: dialogs
//     fall back to a page, progress to a reload, language tabs to stacked fields.
//   - No inline script, no inline style, no request to another host: pages live
//     under a policy of 'self'. A test renders every component and looks.
//   - Words given to components are text that is already translated, never keys;
//     the only keys are those of a [form.Schema], which travels untranslated. The
//     components' own words are in locales/ under the prefix "ui.".
//   - A field with an error is marked invalid and bound to its message by
//     aria-describedby, and keeps what was typed.
//   - No package state changes after start; there is no current locale, no current
//     user, nothing smuggled through a context.Context.
//
// What it does not know: products, orders, shops, routes, permissions, sessions,
// and how a page is answered. Frames for a given surface (which entries the side
// navigation has) belong to that surface, for example backoffice/ui.
//
// Why a stylesheet of our own. An admin kit was weighed (79 kB of CSS compressed,
// 39 kB of script, and a second vocabulary of class names to fight when ours must
// look different). Ours is about a fifth of that, speaks in tokens, knows dark
// mode, print and 360 px from the first line, and a component is the only way to
// reach it, so there is no class soup in the desks. The cost is that every new
// widget is ours to make accessible; package styleguide is where that is
// looked at.
//
// For the next slice: rich text is an honest textarea until an editor is bundled;
// its place is [RichField]. A desk that needs a script of its own adds it to its
// folder and to the [AssetSet] of its surface, and names it in [Meta].Scripts.
package ui

//go:generate go run github.com/a-h/templ/cmd/templ@v0.3.977 generate
