using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ClassHub.Database.Sqlite
{
    /// <inheritdoc />
    public partial class ZoneMoves : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "NextTimeZone",
                table: "School",
                type: "TEXT",
                maxLength: 60,
                nullable: true);

            migrationBuilder.AddColumn<DateTime>(
                name: "ZoneChangedAt",
                table: "School",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "ZoneMovesUpTo",
                table: "School",
                type: "INTEGER",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.CreateTable(
                name: "ZoneMoves",
                columns: table => new
                {
                    PostId = table.Column<int>(type: "INTEGER", nullable: false),
                    PupilId = table.Column<int>(type: "INTEGER", nullable: false),
                    OutFrom = table.Column<DateTime>(type: "TEXT", nullable: true),
                    OutTo = table.Column<DateTime>(type: "TEXT", nullable: true),
                    DueFrom = table.Column<DateTime>(type: "TEXT", nullable: true),
                    DueTo = table.Column<DateTime>(type: "TEXT", nullable: true),
                    CloseFrom = table.Column<DateTime>(type: "TEXT", nullable: true),
                    CloseTo = table.Column<DateTime>(type: "TEXT", nullable: true),
                    OnTodayUntil = table.Column<DateTime>(type: "TEXT", nullable: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("PK_ZoneMoves", x => new { x.PostId, x.PupilId });
                    table.ForeignKey(
                        name: "FK_ZoneMoves_Posts_PostId",
                        column: x => x.PostId,
                        principalTable: "Posts",
                        principalColumn: "Id",
                        onDelete: ReferentialAction.Cascade);
                });
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "ZoneMoves");

            migrationBuilder.DropColumn(
                name: "NextTimeZone",
                table: "School");

            migrationBuilder.DropColumn(
                name: "ZoneChangedAt",
                table: "School");

            migrationBuilder.DropColumn(
                name: "ZoneMovesUpTo",
                table: "School");
        }
    }
}
