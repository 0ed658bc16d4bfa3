#pragma once

class QTableView;

namespace nanoscope {

/// The look that all tables of figures share: whole rows selected, no grid, no editing, no row numbers, rows as low as
/// the font allows, scrolling by pixel.
void setUpTable(QTableView& table);

}  // namespace nanoscope
