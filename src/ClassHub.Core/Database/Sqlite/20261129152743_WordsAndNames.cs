using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ClassHub.Database.Sqlite
{
    /// <inheritdoc />
    public partial class WordsAndNames : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_People_Role_Surname_Forename_Id",
                table: "People");

            migrationBuilder.AddColumn<string>(
                name: "Words",
                table: "Posts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Name",
                table: "People",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "SortName",
                table: "People",
                type: "TEXT",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Words",
                table: "People",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Words",
                table: "Files",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Words",
                table: "Captions",
                type: "TEXT",
                nullable: true);

            migrationBuilder.CreateIndex(
                name: "IX_Posts_WithoutWords",
                table: "Posts",
                column: "Id",
                filter: "\"Words\" IS NULL");

            migrationBuilder.CreateIndex(
                name: "IX_People_Role_SortName_Id",
                table: "People",
                columns: new[] { "Role", "SortName", "Id" });

            migrationBuilder.CreateIndex(
                name: "IX_Files_WithoutWords",
                table: "Files",
                column: "Id",
                filter: "\"Words\" IS NULL");

            // What the program keeps anew for rows without words, near enough until then.
            migrationBuilder.Sql("""UPDATE "People" SET "Name" = trim("Forename" || ' ' || "Surname"), "SortName" = lower("Surname" || ' . ' || "Forename");""");

            // Beside each table whose rows have words its index, which splits them by blanks and follows the table.
            foreach (var (table, key) in new[] { ("Posts", "Id"), ("Files", "Id"), ("Captions", "FileId") })
            {
                var put = $"""INSERT INTO "{table}Index"(rowid, "Words") SELECT new."{key}", new."Words" WHERE new."Words" IS NOT NULL;""";
                var take = $"""INSERT INTO "{table}Index"("{table}Index", rowid, "Words") SELECT 'delete', old."{key}", old."Words" WHERE old."Words" IS NOT NULL;""";
                migrationBuilder.Sql($"""CREATE VIRTUAL TABLE "{table}Index" USING fts5("Words", content='{table}', content_rowid='{key}', tokenize='ascii', detail='none', columnsize=0);""");
                migrationBuilder.Sql($"""CREATE TRIGGER "{table}Index_Added" AFTER INSERT ON "{table}" BEGIN {put} END;""");
                migrationBuilder.Sql($"""CREATE TRIGGER "{table}Index_Gone" AFTER DELETE ON "{table}" BEGIN {take} END;""");
                migrationBuilder.Sql($"""CREATE TRIGGER "{table}Index_Changed" AFTER UPDATE OF "Words" ON "{table}" BEGIN {take} {put} END;""");
            }
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            foreach (var table in new[] { "Posts", "Files", "Captions" })
            {
                foreach (var when in new[] { "Added", "Gone", "Changed" }) migrationBuilder.Sql($"""DROP TRIGGER "{table}Index_{when}";""");
                migrationBuilder.Sql($"""DROP TABLE "{table}Index";""");
            }

            migrationBuilder.DropIndex(
                name: "IX_Posts_WithoutWords",
                table: "Posts");

            migrationBuilder.DropIndex(
                name: "IX_People_Role_SortName_Id",
                table: "People");

            migrationBuilder.DropIndex(
                name: "IX_Files_WithoutWords",
                table: "Files");

            migrationBuilder.DropColumn(
                name: "Words",
                table: "Posts");

            migrationBuilder.DropColumn(
                name: "Name",
                table: "People");

            migrationBuilder.DropColumn(
                name: "SortName",
                table: "People");

            migrationBuilder.DropColumn(
                name: "Words",
                table: "People");

            migrationBuilder.DropColumn(
                name: "Words",
                table: "Files");

            migrationBuilder.DropColumn(
                name: "Words",
                table: "Captions");

            migrationBuilder.CreateIndex(
                name: "IX_People_Role_Surname_Forename_Id",
                table: "People",
                columns: new[] { "Role", "Surname", "Forename", "Id" });
        }
    }
}
