using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace ClassHub.Database.Postgres
{
    /// <inheritdoc />
    public partial class KeepsEverything : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "DraftPage",
                table: "Submissions",
                type: "character varying(64)",
                maxLength: 64,
                nullable: true);

            migrationBuilder.AddColumn<bool>(
                name: "WasOnTime",
                table: "Submissions",
                type: "boolean",
                nullable: false,
                defaultValue: false);

            migrationBuilder.AddColumn<DateTime>(
                name: "OpenedAt",
                table: "Marks",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "TakenBackAt",
                table: "Marks",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "EarlierDrafts",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    SubmissionId = table.Column<int>(type: "integer", nullable: false),
                    Text = table.Column<string>(type: "text", nullable: false),
                    SavedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    ReplacedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    IsToTell = table.Column<bool>(type: "boolean", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_EarlierDrafts", x => x.Id);
                    table.ForeignKey(
                        name: "FK_EarlierDrafts_Submissions_SubmissionId",
                        column: x => x.SubmissionId,
                        principalTable: "Submissions",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "TaskWordings",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    TaskId = table.Column<int>(type: "integer", nullable: false),
                    Title = table.Column<string>(type: "text", nullable: false),
                    Body = table.Column<string>(type: "text", nullable: false),
                    ReplacedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TaskWordings", x => x.Id);
                    table.ForeignKey(
                        name: "FK_TaskWordings_Tasks_TaskId",
                        column: x => x.TaskId,
                        principalTable: "Tasks",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "TeachingRequests",
                columns: table => new
                {
                    Id = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    ClassId = table.Column<int>(type: "integer", nullable: false),
                    PersonId = table.Column<int>(type: "integer", nullable: false),
                    Reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    AskedAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: false),
                    AnsweredAt = table.Column<DateTime>(type: "timestamp with time zone", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_TeachingRequests", x => x.Id);
                    table.ForeignKey(
                        name: "FK_TeachingRequests_Classes_ClassId",
                        column: x => x.ClassId,
                        principalTable: "Classes",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_TeachingRequests_People_PersonId",
                        column: x => x.PersonId,
                        principalTable: "People",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.CreateTable(
                name: "EarlierDraftFiles",
                columns: table => new
                {
                    EarlierDraftId = table.Column<int>(type: "integer", nullable: false),
                    FileId = table.Column<int>(type: "integer", nullable: false),
                    Place = table.Column<int>(type: "integer", nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_EarlierDraftFiles", x => new { x.EarlierDraftId, x.FileId });
                    table.ForeignKey(
                        name: "FK_EarlierDraftFiles_EarlierDrafts_EarlierDraftId",
                        column: x => x.EarlierDraftId,
                        principalTable: "EarlierDrafts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "FK_EarlierDraftFiles_Files_FileId",
                        column: x => x.FileId,
                        principalTable: "Files",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "IX_EarlierDraftFiles_FileId",
                table: "EarlierDraftFiles",
                column: "FileId");

            migrationBuilder.CreateIndex(
                name: "IX_EarlierDrafts_ReplacedAt",
                table: "EarlierDrafts",
                column: "ReplacedAt");

            migrationBuilder.CreateIndex(
                name: "IX_EarlierDrafts_SubmissionId",
                table: "EarlierDrafts",
                column: "SubmissionId");

            migrationBuilder.CreateIndex(
                name: "IX_TaskWordings_TaskId_ReplacedAt",
                table: "TaskWordings",
                columns: new[] { "TaskId", "ReplacedAt" });

            migrationBuilder.CreateIndex(
                name: "IX_TeachingRequests_ClassId",
                table: "TeachingRequests",
                column: "ClassId");

            migrationBuilder.CreateIndex(
                name: "IX_TeachingRequests_PersonId",
                table: "TeachingRequests",
                column: "PersonId");

            // What was handed in on time before ClassHub wrote that down.
            migrationBuilder.Sql("""
                UPDATE "Submissions" SET "WasOnTime" = TRUE WHERE "HandedInAt" IS NOT NULL AND NOT EXISTS (
                    SELECT 1 FROM "Tasks" t WHERE t."Id" = "Submissions"."TaskId" AND t."DueAt" < "Submissions"."HandedInAt" AND NOT EXISTS (
                        SELECT 1 FROM "Arrangements" a WHERE a."TaskId" = t."Id" AND a."PupilId" = "Submissions"."PupilId" AND a."DueAt" >= "Submissions"."HandedInAt"))
                """);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "EarlierDraftFiles");

            migrationBuilder.DropTable(
                name: "TaskWordings");

            migrationBuilder.DropTable(
                name: "TeachingRequests");

            migrationBuilder.DropTable(
                name: "EarlierDrafts");

            migrationBuilder.DropColumn(
                name: "DraftPage",
                table: "Submissions");

            migrationBuilder.DropColumn(
                name: "WasOnTime",
                table: "Submissions");

            migrationBuilder.DropColumn(
                name: "OpenedAt",
                table: "Marks");

            migrationBuilder.DropColumn(
                name: "TakenBackAt",
                table: "Marks");
        }
    }
}
