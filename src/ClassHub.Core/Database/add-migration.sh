#!/usr/bin/env bash
# After a change of the model: adds a migration of this name for each engine. Schools have data, so those that are there are never changed. Run from anywhere.
set -euo pipefail
name=${1:?"Name the change: add-migration.sh DraftHistory"}
cd "$(dirname "$0")/../../.."
dotnet tool restore >/dev/null
database=src/ClassHub.Core/Database
dotnet build src/ClassHub.Core -v quiet --nologo
stamp=$(date -u +%Y%m%d%H%M%S)
for engine in Sqlite Postgres; do
    dotnet ef migrations add "$name" --no-build --project src/ClassHub.Core --startup-project src/ClassHub.Core \
        --context "${engine}Db" --output-dir "Database/$engine" --namespace "ClassHub.Database.$engine" >/dev/null
    # The tool puts the snapshot by its namespace; it belongs beside the migrations, which bear the same name for both engines.
    [ ! -d src/ClassHub.Core/ClassHub ] || mv -f src/ClassHub.Core/ClassHub/Database/$engine/*.cs $database/$engine/
    made=$(basename "$(ls -t $database/$engine/*_"$name".cs | head -1)" .cs)
    [ "$made" = "${stamp}_$name" ] && continue
    sed -i "s/$made/${stamp}_$name/" "$database/$engine/$made.Designer.cs"
    for kind in cs Designer.cs; do mv "$database/$engine/$made.$kind" "$database/$engine/${stamp}_$name.$kind"; done
done
rm -rf src/ClassHub.Core/ClassHub
ls $database/Sqlite $database/Postgres
