using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ClassHub.Database.Postgres
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

            migrationBuilder.AlterColumn<string>(
                name: "Before",
                table: "RosterChanges",
                type: "character varying(700)",
                maxLength: 700,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(300)",
                oldMaxLength: 300);

            migrationBuilder.AlterColumn<string>(
                name: "After",
                table: "RosterChanges",
                type: "character varying(700)",
                maxLength: 700,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(300)",
                oldMaxLength: 300);

            migrationBuilder.AddColumn<string>(
                name: "Words",
                table: "Posts",
                type: "text",
                nullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "Surname",
                table: "People",
                type: "character varying(300)",
                maxLength: 300,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(60)",
                oldMaxLength: 60);

            migrationBuilder.AlterColumn<string>(
                name: "Forename",
                table: "People",
                type: "character varying(300)",
                maxLength: 300,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(60)",
                oldMaxLength: 60);

            migrationBuilder.AddColumn<string>(
                name: "Name",
                table: "People",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "SortName",
                table: "People",
                type: "text",
                nullable: false,
                defaultValue: "");

            migrationBuilder.AddColumn<string>(
                name: "Words",
                table: "People",
                type: "text",
                nullable: true);

            migrationBuilder.AlterColumn<string>(
                name: "Surname",
                table: "JoinRequests",
                type: "character varying(300)",
                maxLength: 300,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(60)",
                oldMaxLength: 60);

            migrationBuilder.AlterColumn<string>(
                name: "Forename",
                table: "JoinRequests",
                type: "character varying(300)",
                maxLength: 300,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(60)",
                oldMaxLength: 60);

            migrationBuilder.AddColumn<string>(
                name: "Words",
                table: "Files",
                type: "text",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Words",
                table: "Captions",
                type: "text",
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

            // From our own words, whatever the locale: no text search configuration has a say. A tsvector holds a megabyte; what a recording says beyond is read.
            foreach (var (table, words) in new[] { ("Posts", "\"Words\""), ("Files", "\"Words\""), ("Captions", "left(\"Words\", 300000)") })
                migrationBuilder.Sql($"""CREATE INDEX "{table}Index" ON "{table}" USING gin (array_to_tsvector(string_to_array({words}, ' ')));""");
            migrationBuilder.Sql("""CREATE INDEX "CaptionsIndex_Long" ON "Captions" ("FileId") WHERE length("Words") > 300000;""");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            foreach (var index in new[] { "PostsIndex", "FilesIndex", "CaptionsIndex", "CaptionsIndex_Long" }) migrationBuilder.Sql($"""DROP INDEX "{index}";""");

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

            migrationBuilder.AlterColumn<string>(
                name: "Before",
                table: "RosterChanges",
                type: "character varying(300)",
                maxLength: 300,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(700)",
                oldMaxLength: 700);

            migrationBuilder.AlterColumn<string>(
                name: "After",
                table: "RosterChanges",
                type: "character varying(300)",
                maxLength: 300,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(700)",
                oldMaxLength: 700);

            migrationBuilder.AlterColumn<string>(
                name: "Surname",
                table: "People",
                type: "character varying(60)",
                maxLength: 60,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(300)",
                oldMaxLength: 300);

            migrationBuilder.AlterColumn<string>(
                name: "Forename",
                table: "People",
                type: "character varying(60)",
                maxLength: 60,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(300)",
                oldMaxLength: 300);

            migrationBuilder.AlterColumn<string>(
                name: "Surname",
                table: "JoinRequests",
                type: "character varying(60)",
                maxLength: 60,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(300)",
                oldMaxLength: 300);

            migrationBuilder.AlterColumn<string>(
                name: "Forename",
                table: "JoinRequests",
                type: "character varying(60)",
                maxLength: 60,
                nullable: false,
                oldClrType: typeof(string),
                oldType: "character varying(300)",
                oldMaxLength: 300);

            migrationBuilder.CreateIndex(
                name: "IX_People_Role_Surname_Forename_Id",
                table: "People",
                columns: new[] { "Role", "Surname", "Forename", "Id" });
        }
    }
}
