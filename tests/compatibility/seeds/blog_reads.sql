INSERT INTO users (id,email,name,age,mood,moods,created_at,updated_at,"managerId") VALUES
 ('u1','ann@x.com','Ann',30,'HAPPY','{HAPPY,so-sad}','2024-01-01 00:00:00.123','2024-01-02',NULL),
 ('u2','bob@x.com','bob',30,'so-sad','{}','2024-01-02','2024-01-02','u1'),
 ('u3','cem@x.com',NULL,NULL,'ANGRY',NULL,'2024-01-03','2024-01-02','u1'),
 ('u4','dia@x.com','100%_\x','40','HAPPY','{ANGRY}','2024-01-04','2024-01-02','u2'),
 ('u5','Eve@X.com','EVE',25,'so-sad','{HAPPY}','2024-01-05','2024-01-02',NULL),
 ('u6','fay@x.com','ŞIK',40,'HAPPY','{HAPPY,HAPPY}','2024-01-06','2024-01-02','u6');
INSERT INTO "Profile"(bio,"userId") VALUES ('bio ann','u1'),('bio bob','u2');
INSERT INTO "Post"(title,content,published,views,rating,"authorId","editorId","createdAt") VALUES
 ('a','hello world',true,10,1.5,'u1','u2','2024-01-01 00:00:00.123456+00'),
 ('b',NULL,false,20,2.5,'u1',NULL,'2024-01-02'),
 ('c','hello cat',true,10,1.5,'u1','u3','2024-01-03'),
 ('d','fat cats',true,9007199254740993,2.5,'u2','u1','2024-01-04'),
 ('e',NULL,false,20,0,'u2',NULL,'2024-01-04'),
 ('f','50% off_now',true,30,-1,'u3','u3','2024-01-06'),
 ('g','rats',false,10,1.5,'u5',NULL,'2024-01-07');
INSERT INTO "Tag"(name) VALUES ('x'),('y'),('z'),('w');
INSERT INTO "_PostToTag" VALUES (1,1),(1,2),(2,2),(3,3),(4,1),(4,3),(6,2);
INSERT INTO "_friendship" VALUES ('u1','u2'),('u1','u3'),('u2','u1'),('u4','u5'),('u6','u6');
INSERT INTO "Like"("userId","postId",weight) VALUES ('u1',1,1),('u2',1,2),('u3',1,2),('u1',2,5),('u2',4,1);
INSERT INTO "Note"(text,"userId","postId") VALUES ('n1','u1',1),('n2','u1',1),('n3','u2',1),('n4','u1',2);
INSERT INTO "all types"(text,words,char,varchar,uuid,int,small,ints,big,bigs,float,real,floats,decimal,decimals,flag,flags,json,plain,jsons,bytes,blobs,moment,instant,moments,day,clock,mood,ip) VALUES
 ('one','{a,b}','ab','vc','11111111-1111-1111-1111-111111111111',1,1,'{1,2}',9007199254740993,'{1,9007199254740993}',1.5,1.1,'{1.5,2}','12345678901234.123456','{1.10,2}',true,'{t,f}','{"a": 1, "b": [1,2]}','{"a":1}','{"1","\"s\"","null"}','\x00ff','{"\\x01","\\x02"}','2024-01-01 00:00:00.123','2024-01-01 00:00:00.123456+00','{"2024-01-01 00:00:00.5"}','2024-01-01','10:11:12.123','HAPPY','10.0.0.1'),
 ('two','{}',NULL,NULL,NULL,2,NULL,'{}',NULL,'{}',NULL,NULL,'{}',NULL,'{}',false,'{}','null','null','{}',NULL,'{}',NULL,NULL,'{}',NULL,NULL,'so-sad',NULL),
 (NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL),
 ('Two','{b,a,b}',NULL,NULL,NULL,3,NULL,'{2,1}',5,'{5}',2,NULL,'{1}',2,'{2}',NULL,'{t}','"text"','"text"','{}','\x','{}','2024-02-01',NULL,'{}',NULL,NULL,NULL,NULL),
 ('50%','{c}',NULL,NULL,NULL,4,NULL,'{3}',5,'{5}',3,NULL,'{1}',2,'{2}',NULL,'{t}','[1,"two",{"a":null}]','5','{}','\x','{}','2024-02-01',NULL,'{}',NULL,NULL,NULL,NULL);

INSERT INTO users (id,email,name,age,mood,moods,created_at,updated_at,"managerId") VALUES
 ('u7','gus@x.com','gus',41,'HAPPY','{}','2024-01-07','2024-01-02','u3'),
 ('u8','hal@x.com','hal',42,'HAPPY','{}','2024-01-07','2024-01-02','u7');
INSERT INTO "Post"(title,content,published,views,rating,"authorId","editorId","createdAt") VALUES
 ('h','x',true,10,1.5,'u7','u7','2024-01-01 00:00:00.123456+00'),
 ('i',NULL,true,5,1.5,'u8',NULL,'2024-01-01 00:00:00.123456+00'),
 ('j','x',true,30,'-1','u8','u8','2024-01-01 00:00:00.123456+00');
INSERT INTO "_friendship" VALUES ('u7','u3'),('u8','u3'),('u8','u1');
