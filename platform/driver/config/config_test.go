package config_test

import (
	"encoding/base64"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"echoppe.dev/platform/driver/config"
)

var key = base64.StdEncoding.EncodeToString([]byte("0123456789abcdefghijklmnopqrstuv"))

// complete is an environment that serve accepts.
func complete() map[string]string {
	return map[string]string{
		"PUBLIC_URL":         "https://platform.tld",
		"DATABASE_URL":       "postgres://app:Xk29fhQpZ1mm@db:5432/echoppe",
		"DATABASE_OWNER_URL": "postgres://owner:Ppq83hHqkZ1x@db:5432/echoppe",
		"REDIS_URL":          "redis://redis:6379",
		"S3_ENDPOINT":        "http://store:9000",
		"S3_BUCKET":          "objects",
		"S3_KEY":             "echoppe",
		"S3_SECRET":          "qpwoeiruty29384",
		"SMTP_URL":           "smtp://user:mailpass@mail:587",
		"MAIL_FROM":          "Échoppe <hello@platform.tld>",
		"SECRET_KEYS":        "k1:" + key,
	}
}

func environ(m map[string]string) []string {
	var out []string
	for k, v := range m {
		out = append(out, k+"="+v)
	}
	return out
}

func problems(t *testing.T, m map[string]string, mode config.Mode) config.Problems {
	t.Helper()
	_, err := config.Load(environ(m), mode)
	if err == nil {
		return nil
	}
	p, ok := errors.AsType[config.Problems](err)
	if !ok {
		t.Fatalf("the error is %T: %v", err, err)
	}
	return p
}

func TestLoad_complete(t *testing.T) {
	env := complete()
	env["ROLES"], env["TRUSTED_PROXIES"], env["PREPARED_SHOPS"] = "web,worker", "10.0.0.0/8,192.168.1.7/32", "12"
	c, err := config.Load(environ(env), config.Serve)
	if err != nil {
		t.Fatal(err)
	}
	if !c.Has(config.Worker) || c.Has(config.Operator) || len(c.TrustedProxies) != 2 || c.PreparedShops != 12 || c.Addr != ":8080" ||
		c.DatabaseURL.Reveal() != env["DATABASE_URL"] {
		t.Errorf("read %+v", c)
	}
	if shown := fmt.Sprintf("%+v", c); strings.Contains(shown, "Xk29fhQpZ1mm") || strings.Contains(shown, key) {
		t.Errorf("printing the configuration shows secrets: %s", shown)
	}
}

// A secret may be handed over in a file, so that it is not in the environment of every child and in every
// listing of the process.
func TestLoad_secretInFile(t *testing.T) {
	dir := t.TempDir()
	file := func(name, text string) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	env := complete()
	want := env["S3_SECRET"]
	delete(env, "S3_SECRET")
	delete(env, "SECRET_KEYS")
	env["S3_SECRET_FILE"], env["SECRET_KEYS_FILE"] = file("s3", want+"\n"), file("keys", "k1:"+key+"\n")
	c, err := config.Load(environ(env), config.Serve)
	if err != nil || c.S3Secret.Reveal() != want || c.SecretKeys.Reveal() != "k1:"+key {
		t.Errorf("read %v, %v", c.S3Secret.Reveal() == want, err)
	}
	for name, tt := range map[string]struct {
		change   func(map[string]string)
		variable string
	}{
		"no such file":             {func(m map[string]string) { m["S3_SECRET_FILE"] = filepath.Join(dir, "none") }, "S3_SECRET_FILE"},
		"an empty file":            {func(m map[string]string) { m["S3_SECRET_FILE"] = file("empty", " \n") }, "S3_SECRET_FILE"},
		"a folder":                 {func(m map[string]string) { m["S3_SECRET_FILE"] = dir }, "S3_SECRET_FILE"},
		"both":                     {func(m map[string]string) { m["S3_SECRET"] = want }, "S3_SECRET_FILE"},
		"a bad secret in a file":   {func(m map[string]string) { m["S3_SECRET_FILE"] = file("bad", "hunter2") }, "S3_SECRET"},
		"no file for what is none": {func(m map[string]string) { delete(m, "MAIL_FROM"); m["MAIL_FROM_FILE"] = file("from", "a@b.example") }, "MAIL_FROM"},
	} {
		t.Run(name, func(t *testing.T) {
			changed := maps.Clone(env)
			tt.change(changed)
			p := problems(t, changed, config.Serve)
			if len(p) != 1 || p[0].Variable != tt.variable || strings.Contains(p.Error(), "hunter2") {
				t.Errorf("problems %v, want one of %s", p, tt.variable)
			}
		})
	}
}

func TestLoad_demoNeedsNothing(t *testing.T) {
	if p := problems(t, map[string]string{"PUBLIC_URL": ""}, config.Demo); p != nil {
		t.Errorf("the demo complains: %v", p)
	}
	if p := problems(t, map[string]string{"PUBLIC_URL": "http://localhost:8080", "SMTP_URL": "nonsense"}, config.Demo); len(p) != 1 || p[0].Variable != "SMTP_URL" {
		t.Errorf("the demo says %v", p)
	}
}

func TestLoad_serveNamesEverythingMissing(t *testing.T) {
	var named []string
	for _, p := range problems(t, nil, config.Serve) {
		named = append(named, p.Variable)
		if !strings.Contains(p.Words, "is not set: ") || len(p.Words) < 20 {
			t.Errorf("%s is not explained: %q", p.Variable, p.Words)
		}
	}
	want := slices.Sorted(maps.Keys(complete()))
	want = slices.DeleteFunc(want, func(v string) bool { return v == "S3_ENDPOINT" })
	slices.Sort(named)
	if !slices.Equal(named, want) {
		t.Errorf("named %v, want %v", named, want)
	}
}

func TestLoad_webAloneNeedsNoOwner(t *testing.T) {
	env := complete()
	delete(env, "DATABASE_OWNER_URL")
	env["ROLES"] = "web"
	if p := problems(t, env, config.Serve); p != nil {
		t.Errorf("a process that is only web: %v", p)
	}
}

func TestLoad_serveRefuses(t *testing.T) {
	for name, tt := range map[string]struct{ variable, value string }{
		"public address in the clear":  {"PUBLIC_URL", "http://platform.tld"},
		"public address with path":     {"PUBLIC_URL", "https://platform.tld/shops"},
		"public address with password": {"PUBLIC_URL", "https://u:hunter2@platform.tld"},
		"public address by number":     {"PUBLIC_URL", "https://203.0.113.7"},
		"no address at all":            {"PUBLIC_URL", "platform.tld"},
		"listen nowhere":               {"ADDR", "8080"},
		"tell nowhere":                 {"METRICS_ADDR", "9090"},
		"tell where shoppers come in":  {"METRICS_ADDR", "127.0.0.1:8080"},
		"database without password":    {"DATABASE_URL", "postgres://app@db:5432/echoppe"},
		"database default password":    {"DATABASE_URL", "postgres://app:postgres@db:5432/echoppe"},
		"database user as password":    {"DATABASE_URL", "postgres://applogin:applogin@db:5432/echoppe"},
		"database of another kind":     {"DATABASE_URL", "mysql://app:hunter2hunter2@db/echoppe"},
		"owner serves requests":        {"DATABASE_OWNER_URL", "postgres://app:Xk29fhQpZ1mm@db:5432/echoppe"},
		"redis by http":                {"REDIS_URL", "http://redis"},
		"default object secret":        {"S3_SECRET", "minioadmin"},
		"short object secret":          {"S3_SECRET", "hunter2"},
		"object store without scheme":  {"S3_ENDPOINT", "store:9000"},
		"mail password in the clear":   {"SMTP_URL", "smtp://user:hunter2@mail?tls=none"},
		"mail sender":                  {"MAIL_FROM", "nobody"},
		"short key":                    {"SECRET_KEYS", "k1:" + base64.StdEncoding.EncodeToString([]byte("short"))},
		"typed key":                    {"SECRET_KEYS", "k1:" + base64.StdEncoding.EncodeToString([]byte(strings.Repeat("ab", 16)))},
		"unknown role":                 {"ROLES", "web,cook"},
		"trusting the world":           {"TRUSTED_PROXIES", "0.0.0.0/0"},
		"not a network":                {"TRUSTED_PROXIES", "proxy"},
		"not a level":                  {"LOG_LEVEL", "loud"},
		"not a number":                 {"PREPARED_SHOPS", "many"},
		"too many":                     {"PREPARED_SHOPS", "1000000"},
		"not a switch":                 {"ALLOW_HTTP", "perhaps"},
		"not a collector":              {"OTEL_EXPORTER_OTLP_ENDPOINT", "collector"},
	} {
		t.Run(name, func(t *testing.T) {
			env := complete()
			env[tt.variable] = tt.value
			p := problems(t, env, config.Serve)
			if len(p) != 1 || p[0].Variable != tt.variable {
				t.Fatalf("problems %v, want one of %s", p, tt.variable)
			}
			if strings.Contains(p.Error(), "hunter2") || strings.Contains(p.Error(), "Xk29") {
				t.Errorf("the message quotes a secret: %v", p)
			}
		})
	}
}

func TestLoad_allowances(t *testing.T) {
	env := complete()
	env["PUBLIC_URL"], env["ALLOW_HTTP"] = "http://platform.test", "true"
	env["DATABASE_URL"] = "postgres://app@/echoppe?host=/run/postgresql"
	if p := problems(t, env, config.Serve); p != nil {
		t.Errorf("http by explicit allowance and a socket without password: %v", p)
	}
}

func TestTable_describesEveryVariable(t *testing.T) {
	table := config.Table()
	for _, v := range append(slices.Collect(maps.Keys(complete())), "ADDR", "METRICS_ADDR", "ROLES", "OTEL_EXPORTER_OTLP_ENDPOINT", "PREPARED_SHOPS", "TRUSTED_PROXIES", "S3_REGION", "LOG_LEVEL") {
		if !strings.Contains(table, "| `"+v+"` |") {
			t.Errorf("%s is not in the table", v)
		}
	}
	for line := range strings.Lines(table) {
		if strings.Contains(line, "``") || strings.HasSuffix(strings.TrimSpace(line), "|  |") {
			t.Errorf("a variable without name or meaning: %s", line)
		}
	}
}
