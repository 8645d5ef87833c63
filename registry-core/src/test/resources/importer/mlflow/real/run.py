import mlflow, pandas as pd, json, subprocess, sys
from sklearn.datasets import load_breast_cancer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
mlflow.set_tracking_uri("sqlite:////tmp/mlrun/mlflow.db")
mlflow.set_experiment("breast")
d=load_breast_cancer(as_frame=True)
X=d.data; y=d.target
a,b,c,e=train_test_split(X,y,test_size=0.4,random_state=7)
m=LogisticRegression(max_iter=10000,random_state=7).fit(a,c)
with mlflow.start_run() as r:
    mlflow.log_metric("loss",0.5,step=0); mlflow.log_metric("loss",0.25,step=1)
    df=b.copy(); df["label"]=e; df["pred"]=m.predict(b)
    res=mlflow.models.evaluate(data=df,targets="label",predictions="pred",model_type="classifier",evaluator_config={"log_explainer":False})
    res.save("/tmp/mlrun/saved")
    rid=r.info.run_id
open("rid","w").write(rid)
