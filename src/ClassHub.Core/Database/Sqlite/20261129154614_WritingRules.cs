using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace ClassHub.Database.Sqlite
{
    /// <inheritdoc />
    public partial class WritingRules : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "Formulae",
                table: "TaskWordings",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Rules",
                table: "TaskWordings",
                type: "TEXT",
                maxLength: 30,
                nullable: false,
                defaultValue: "First");

            migrationBuilder.AddColumn<string>(
                name: "Formulae",
                table: "Posts",
                type: "TEXT",
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "Rules",
                table: "Posts",
                type: "TEXT",
                maxLength: 30,
                nullable: false,
                defaultValue: "First");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropColumn(
                name: "Formulae",
                table: "TaskWordings");

            migrationBuilder.DropColumn(
                name: "Rules",
                table: "TaskWordings");

            migrationBuilder.DropColumn(
                name: "Formulae",
                table: "Posts");

            migrationBuilder.DropColumn(
                name: "Rules",
                table: "Posts");
        }
    }
}
