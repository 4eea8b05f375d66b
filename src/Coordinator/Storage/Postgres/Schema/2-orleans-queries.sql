-- Orleans asks its ADO.NET providers' questions by key; the texts below are this project's own, for the tables of this folder.
CREATE TABLE IF NOT EXISTS OrleansQuery (
    QueryKey varchar(64) PRIMARY KEY,
    QueryText text NOT NULL
);
