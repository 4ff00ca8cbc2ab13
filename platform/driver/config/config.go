package config

import (
	"net/netip"
	"slices"

	"echoppe.dev/platform/driver/secret"
)

// Config is everything the environment decides. Variables for other programs
// (PGPASSFILE, HTTP_PROXY …) keep their usual meaning and are not listed.
type Config struct {
	Addr        string `env:"ADDR" envDefault:":8080" doc:"host and port to listen on"`
	MetricsAddr string `env:"METRICS_ADDR" doc:"host and port at which this process tells /metrics, with /healthz and /readyz, such as 127.0.0.1:9090: an address that no proxy leads to; nothing is told when empty"`
	PublicURL   string `env:"PUBLIC_URL" need:"serve" doc:"address of the platform as browsers see it, such as https://platform.tld; shops, back office and console live on its sub-domains"`
	AllowHTTP   bool   `env:"ALLOW_HTTP" envDefault:"false" doc:"accept a PUBLIC_URL without TLS: passwords then travel in the clear"`
	Data        string `env:"DATA" envDefault:"./var" doc:"folder of the demo's database, objects and mail; unused by serve"`
	Roles       []Role `env:"ROLES" envDefault:"web,worker,operator" doc:"what this process does: web, worker, operator"`

	DatabaseURL      secret.Text `env:"DATABASE_URL" need:"serve" doc:"Postgres as the application's login role"`
	DatabaseOwnerURL secret.Text `env:"DATABASE_OWNER_URL" need:"serve" doc:"Postgres as the owner, for migrations and new shops; another user than in DATABASE_URL, never behind a pooler; not needed by a process that is only web"`
	DatabasePooled   bool        `env:"DATABASE_POOLED" envDefault:"false" doc:"DATABASE_URL leads to PgBouncer in transaction mode"`
	RedisURL         secret.Text `env:"REDIS_URL" need:"serve" doc:"Redis, such as redis://host:6379"`
	PreparedShops    int         `env:"PREPARED_SHOPS" envDefault:"5" doc:"empty shops kept ready for sign-up, 0 to 1000"`

	S3Endpoint       string      `env:"S3_ENDPOINT" doc:"address of the object store; Amazon's own for the region when empty"`
	S3PublicEndpoint string      `env:"S3_PUBLIC_ENDPOINT" doc:"address of the object store as browsers see it, if another"`
	S3Region         string      `env:"S3_REGION" envDefault:"us-east-1" doc:"region of the object store"`
	S3Bucket         string      `env:"S3_BUCKET" need:"serve" doc:"bucket for pictures, files and backups"`
	S3Key            string      `env:"S3_KEY" need:"serve" doc:"access key of the object store"`
	S3Secret         secret.Text `env:"S3_SECRET" need:"serve" doc:"secret key of the object store"`
	S3PathStyle      bool        `env:"S3_PATH_STYLE" envDefault:"true" doc:"put the bucket into the path, as most stores other than Amazon's want it"`

	SMTPURL  secret.Text `env:"SMTP_URL" need:"serve" doc:"mail server: smtp://user:password@host:587 (STARTTLS required; ?tls=try or ?tls=none to relax) or smtps://…"`
	MailFrom string      `env:"MAIL_FROM" need:"serve" doc:"sender of the platform's mail, such as \"Échoppe <hello@platform.tld>\""`

	SecretKeys     secret.Text    `env:"SECRET_KEYS" need:"serve" doc:"keys that seal and sign, newest first, as id:base64 of 32 random bytes, separated by commas: k1:$(openssl rand -base64 32)"`
	TrustedProxies []netip.Prefix `env:"TRUSTED_PROXIES" doc:"networks whose X-Forwarded-* headers are believed, such as 10.0.0.0/8"`

	LogLevel     string `env:"LOG_LEVEL" envDefault:"info" doc:"debug, info, warn or error"`
	OTLPEndpoint string `env:"OTEL_EXPORTER_OTLP_ENDPOINT" doc:"OpenTelemetry collector (OTLP over HTTP), such as http://collector:4318; no traces when empty"`
}

// Role is one of the things a process can do.
type Role string

const (
	// Web serves the platform, shops and the back office.
	Web Role = "web"
	// Worker runs jobs and keeps prepared shops.
	Worker Role = "worker"
	// Operator serves the console.
	Operator Role = "operator"
)

// Has tells whether the process plays a role.
func (c Config) Has(r Role) bool { return slices.Contains(c.Roles, r) }

// Mode is the way the program was started.
type Mode string

const (
	// Demo brings its own database, Redis, objects and mail.
	Demo Mode = "demo"
	// Serve is production.
	Serve Mode = "serve"
)
