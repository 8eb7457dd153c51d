.DEFAULT_GOAL := help
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c

# What `make run` runs: our own flights, or a folder with the real files (make run FLIGHTS=FOLDER).
FLIGHTS ?=
AS_OF   ?= 2013-12-30
WORK    ?= artifacts/$(if $(FLIGHTS),real,run)
CONFIG  := release
BIN     := artifacts/bin
TRAINYARD := dotnet $(BIN)/trainyard/$(CONFIG)/trainyard.dll
SAMPLE    := dotnet $(BIN)/sample/$(CONFIG)/sample.dll
export DOTNET_CLI_TELEMETRY_OPTOUT := 1
export DOTNET_NOLOGO := 1
# In CI restore is locked. One compiler serves all projects of a build, also where the environment says otherwise.
BUILD := dotnet build -c Release -v quiet --nologo -clp:NoSummary -p:UseSharedCompilation=true $(if $(CI),-p:RestoreLockedMode=true)

help: ## list the targets
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-10s %s\n", $$1, $$2}'

run: build-programs ## make a year of flights, train on it, score a day, and say what came of it
	@mkdir -p $(WORK)
	@$(SAMPLE) flights --warehouse duckdb:$(WORK)/warehouse.duckdb $(if $(FLIGHTS),--from $(FLIGHTS)) --keep
	@$(TRAINYARD) run pipelines/flights --as-of $(AS_OF) --store $(WORK)/store --warehouse duckdb:$(WORK)/warehouse.duckdb

build: ## build everything
	@$(BUILD) Trainyard.slnx

# Just the programs, without the analysis that `make build` does: who runs them does not edit them.
build-programs:
	@command -v dotnet >/dev/null || { echo "make: dotnet is not installed: get the SDK 10 from https://dotnet.microsoft.com/download" >&2; exit 69; }
	@$(BUILD) -p:RunAnalyzers=false Programs.slnf

test: build ## run all tests; the last line counts them
	@tests/run

torture: build ## kill, double and corrupt everything many times over: about an hour
	@TRAINYARD_TORTURE=true dotnet $(BIN)/EndToEnd.Tests/$(CONFIG)/EndToEnd.Tests.dll -noLogo -noColor -class '*Kills*' -class '*Twice*' -class '*Mutation*'

bench: build-programs ## measure everything side by side with its peers, and print one table of ratios
	@python3 benchmarks/bench.py

schema: build-programs ## write schema/pipeline.schema.json again from the C# types
	@$(TRAINYARD) schema > schema/pipeline.schema.json

plan: build-programs ## write the plan.json of every pipeline in pipelines/, which Airflow reads
	@$(TRAINYARD) plan

clean: ## remove everything that was built or run
	@rm -rf artifacts pipelines/*/features/bin

.PHONY: help run build build-programs test torture bench schema plan clean
