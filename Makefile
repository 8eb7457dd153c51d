.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c

# What `make run` runs: our own flights, or a folder with the real files (make run FLIGHTS=FOLDER).
FLIGHTS ?=
AS_OF   ?= 2013-12-30
# Of make airflow: local runs tasks in the scheduler, celery in two workers.
EXECUTOR ?= local
# Its flights begin here and end ten days or more after this month, so that what the schedule starts has rows.
NEWEST    = $(shell date -u '+%Y %m' | \
  awk '{ months = $$1 * 12 + $$2 - 14; printf "%d-%02d-01", months / 12, months % 12 + 1 }')
WORK    ?= artifacts/$(if $(FLIGHTS),real,run)
CONFIG  := release
BIN     := artifacts/bin
TRAINYARD := dotnet $(BIN)/trainyard/$(CONFIG)/trainyard.dll
SAMPLE    := dotnet $(BIN)/sample/$(CONFIG)/sample.dll
IMAGES    := extract features train score measure report cli
VERSION   := $(shell sed -n 's:.*<Version>\(.*\)</Version>.*:\1:p' Directory.Build.props)
# Of what is built: a commit, and whether the files differ from it.
REVISION  := $(shell git describe --always --dirty --abbrev=40 --exclude '*' 2>/dev/null || echo unknown)
# Where it came from, without whatever a remote's address holds of a login.
SOURCE    := $(shell git config remote.origin.url | sed 's|//[^/@]*@|//|')
export DOCKER_BUILDKIT := 1
export DOTNET_CLI_TELEMETRY_OPTOUT := 1
export DOTNET_NOLOGO := 1
# One compiler serves all projects of a build, also where the environment says otherwise.
BUILD := dotnet build -c Release -v quiet --nologo -clp:NoSummary -p:UseSharedCompilation=true

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-13s %s\n", $$1, $$2}'

run: build-programs ## make a year of flights, train on it, score a day, and say what came of it
	@mkdir -p $(WORK)
	@$(SAMPLE) flights --warehouse duckdb:$(WORK)/warehouse.duckdb $(if $(FLIGHTS),--from $(FLIGHTS)) --keep
	@$(TRAINYARD) run pipelines/flights --as-of $(AS_OF) --store $(WORK)/store \
	  --warehouse duckdb:$(WORK)/warehouse.duckdb

build: ## build everything, and check its form
	@tests/widths || \
	  { echo "make: see above: a line of ours has at most 120 columns (tests/widths); nothing was built" >&2; exit 65; }
	@dotnet tool restore >/dev/null
	@dotnet csharpier check . >/dev/null || \
	  { echo "make: code is not in its form (.csharpierrc.yaml): run make format" >&2; exit 65; }
	@$(BUILD) Trainyard.slnx

format: ## give the C# code its form: 120 columns
	@dotnet tool restore >/dev/null
	@dotnet csharpier format .

# Just the programs, without the analysis that `make build` does: who runs them does not edit them.
build-programs:
	@command -v dotnet >/dev/null || \
	  { echo "make: dotnet is not installed: get the SDK 10 from https://dotnet.microsoft.com/download" >&2; exit 69; }
	@$(BUILD) -p:RunAnalyzers=false Programs.slnf

test: build publish $(if $(filter all,$(SUITES)),images)
test: ## run the tests, with SUITES=all those of the images and Airflow too; the last line counts them
	@SUITES=$(SUITES) tests/run

image: ## build the image of one step, or of the command line: make image STEP=extract
	@case " $(IMAGES) " in *" $(STEP) "*) ;; *) \
	  echo "make: STEP is '$(STEP)'; it is one of: $(IMAGES). Example: make image STEP=extract" >&2; exit 64 ;; esac
	@docker build -q -f docker/step.Dockerfile --build-arg STEP=$(STEP) --build-arg VERSION=$(VERSION) \
	  --build-arg REVISION=$(REVISION) --build-arg SOURCE=$(SOURCE) -t trainyard/$(STEP):$(VERSION) \
	  -t trainyard/$(STEP):$(basename $(VERSION)) -t trainyard/$(STEP):$(REVISION) . >/dev/null
	@echo "trainyard/$(STEP):$(VERSION)"

images: ## build the images of all steps and of the command line
	@for step in $(IMAGES); do $(MAKE) --no-print-directory image STEP=$$step; done

reproducible: build images ## build the images once more from nothing, and compare
	@dotnet $(BIN)/Images.Tests/$(CONFIG)/Images.Tests.dll -noLogo -noColor -trait Suite=release

airflow: images build-programs
airflow: ## start Airflow with PostgreSQL, S3 and our flights on this machine (EXECUTOR=celery: with two workers)
	@docker/airflow-up $(VERSION) $(EXECUTOR)
	@. docker/.env && PGPASSWORD="$$TRAINYARD_POSTGRES_PASSWORD" $(SAMPLE) flights --start $(NEWEST) --days 440 \
	  --warehouse postgresql://trainyard@127.0.0.1:$${TRAINYARD_POSTGRES_PORT:-5432}/trainyard --keep
	@. docker/.env && echo "Airflow: http://localhost:$${TRAINYARD_AIRFLOW_PORT:-8080}, user admin, password:" \
	  "TRAINYARD_AIRFLOW_PASSWORD in docker/.env. Switch flights_train on, and when its run is green, flights_score."

airflow-down: ## stop it; what it has stored stays (docker compose -p trainyard down -v drops that too)
	@docker compose -p trainyard --progress quiet down --remove-orphans

pack: ## pack what teams build on into artifacts/packages: Trainyard.Features, and the template of a repository
	@for project in kit/Features templates; do \
	  SOURCE_DATE_EPOCH=$$(git log -1 --format=%ct) \
	    dotnet pack $$project -c Release -v quiet --nologo -o artifacts/packages; \
	done
	@echo "dotnet new install artifacts/packages/Trainyard.Templates.$(VERSION).nupkg"
	@echo "dotnet new trainyard-pipeline --packages '$(CURDIR)/artifacts/packages'" \
	  "--name my_pipeline --output ../my_pipeline"

torture: build ## kill, double and corrupt everything many times over: about an hour
	@TRAINYARD_TORTURE=true dotnet $(BIN)/EndToEnd.Tests/$(CONFIG)/EndToEnd.Tests.dll -noLogo -noColor \
	  -class '*Kills*' -class '*Twice*' -class '*Mutation*'

# The programs compiled ahead of time, as the images hold them, in one folder.
publish:
	@dotnet publish programs -c Release --use-current-runtime -p:RunAnalyzers=false -v quiet --nologo

bench: publish ## measure everything side by side with its peers, and print one table of ratios
	@python3 benchmarks/bench.py $(ONLY)

quality: build-programs ## judge models on public tables against scikit-learn's defaults, and print one table
	@$(or $(wildcard /usr/bin/python3),python3) benchmarks/quality.py $(ONLY)

schema: build-programs ## write schema/pipeline.schema.json again from the C# types
	@$(TRAINYARD) schema > schema/pipeline.schema.json

plan: build-programs ## write the plan.json of every pipeline in pipelines/, which Airflow reads
	@$(TRAINYARD) plan

clean: ## remove everything that was built or run
	@rm -rf artifacts pipelines/*/features/bin

.PHONY: help run build format build-programs publish test image images reproducible airflow airflow-down pack
.PHONY: torture bench quality schema plan clean
