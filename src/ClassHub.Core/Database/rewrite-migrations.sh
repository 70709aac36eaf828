#!/usr/bin/env bash
# Before 1.0 there is one migration for each engine; a change of the model rewrites both. Run from anywhere.
set -euo pipefail
cd "$(dirname "$0")/../../.."
dotnet tool restore >/dev/null
database=src/ClassHub.Core/Database
rm -f $database/Sqlite/*.cs $database/Postgres/*.cs
dotnet build src/ClassHub.Core -v quiet --nologo
for engine in Sqlite Postgres; do
    dotnet ef migrations add School --no-build --project src/ClassHub.Core --startup-project src/ClassHub.Core \
        --context "${engine}Db" --output-dir "Database/$engine" --namespace "ClassHub.Database.$engine" >/dev/null
    # The tool puts the snapshot by its namespace; it belongs beside the migration.
    mv src/ClassHub.Core/ClassHub/Database/$engine/*.cs $database/$engine/
    name=$(basename "$(ls $database/$engine/*_School.cs)" .cs)
    sed -i "s/$name/20261123000000_School/" "$database/$engine/$name.Designer.cs"
    for kind in cs Designer.cs; do mv "$database/$engine/$name.$kind" "$database/$engine/20261123000000_School.$kind"; done
done
rm -rf src/ClassHub.Core/ClassHub
ls $database/Sqlite $database/Postgres
