package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"reflect"
	"strings"

	"echoppe.dev/platform/driver/secret"
)

// FileSuffix is what a secret's variable ends with when it names a file that holds the secret, as
// containers and service managers hand them over.
const FileSuffix = "_FILE"

// readFiles puts the contents of such files where the secrets themselves would stand.
func readFiles(values map[string]string) Problems {
	var problems Problems
	for _, f := range reflect.VisibleFields(reflect.TypeFor[Config]()) {
		if f.Type != reflect.TypeFor[secret.Text]() {
			continue
		}
		name := f.Tag.Get("env")
		path, named := values[name+FileSuffix]
		if !named {
			continue
		}
		if _, twice := values[name]; twice {
			problems = append(problems, Problem{name + FileSuffix, "is set beside " + name + ": give one of the two"})
			continue
		}
		text, err := os.ReadFile(path)
		values[name] = strings.TrimSpace(string(text))
		switch cause := (*fs.PathError)(nil); {
		case errors.As(err, &cause):
			problems = append(problems, Problem{name + FileSuffix, fmt.Sprintf("names a file that cannot be read (%v)", cause.Err)})
		case values[name] == "":
			problems = append(problems, Problem{name + FileSuffix, "names a file with nothing in it"})
		}
	}
	return problems
}
