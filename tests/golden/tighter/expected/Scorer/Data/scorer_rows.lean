import Scorer.Data.scorer_rows.Rows0
