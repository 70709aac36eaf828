using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ClassHub.Database.Sqlite
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
                type: "TEXT",
                maxLength: 64,
                nullable: true);

            migrationBuilder.CreateTable(
                name: "EarlierDrafts",
                columns: table => new
                {
                    Id = table.Column<int>(type: "INTEGER", nullable: false)
                        .Annotation("Sqlite:Autoincrement", true),
                    SubmissionId = table.Column<int>(type: "INTEGER", nullable: false),
                    Text = table.Column<string>(type: "TEXT", nullable: false),
                    SavedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    ReplacedAt = table.Column<DateTime>(type: "TEXT", nullable: false),
                    IsToTell = table.Column<bool>(type: "INTEGER", nullable: false)
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
                name: "EarlierDraftFiles",
                columns: table => new
                {
                    EarlierDraftId = table.Column<int>(type: "INTEGER", nullable: false),
                    FileId = table.Column<int>(type: "INTEGER", nullable: false),
                    Place = table.Column<int>(type: "INTEGER", nullable: false)
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
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "EarlierDraftFiles");

            migrationBuilder.DropTable(
                name: "EarlierDrafts");

            migrationBuilder.DropColumn(
                name: "DraftPage",
                table: "Submissions");
        }
    }
}
